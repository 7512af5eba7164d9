/** The brackets around every piece of text that comes from the catalogue. */
export const OPEN_MARK = '⟦'
export const CLOSE_MARK = '⟧'

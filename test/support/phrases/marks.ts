/** Stand around every piece of text that the catalogue gave. */
export const OPEN_MARK = '⟦'
export const CLOSE_MARK = '⟧'

/** Stand around every piece of text that the catalogue gave. */
export const OPEN = '⟦'
export const CLOSE = '⟧'

/** Where all processes that tests start keep their compiled code: in data folders of their own each would compile anew. */
export const COMPILE_CACHE = new URL('../../node_modules/.cache/compile', import.meta.url).pathname

/** The size of a picture, and where in the bytes it ends. */
export type Extent = { widthPx: number; heightPx: number; endAt: number }

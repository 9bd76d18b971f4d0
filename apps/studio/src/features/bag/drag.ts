/** A row on its way to another place; pixels from the top of the list. */
export type Drag = {
  from: number
  to: number
  startPx: number
  pulledPx: number
  rows: readonly { topPx: number; heightPx: number }[]
}

/** Where a row lands when it is let go: past the middle of each neighbour it changes places. */
export function targetPlace(drag: Pick<Drag, 'from' | 'rows'>, pulledPx: number): number {
  const own = drag.rows[drag.from]
  if (!own) return drag.from
  const top = own.topPx + pulledPx
  const bottom = top + own.heightPx
  const middle = (place: number) => {
    const row = drag.rows[place]
    return row ? row.topPx + row.heightPx / 2 : 0
  }
  let to = drag.from
  while (to > 0 && top < middle(to - 1)) to--
  while (to < drag.rows.length - 1 && bottom > middle(to + 1)) to++
  return to
}

/** How far a row moves out of the way of the pulled one, in pixels. */
export function shiftPx(drag: Drag | null, place: number): number {
  if (!drag) return 0
  if (place === drag.from) return drag.pulledPx
  const heightPx = drag.rows[drag.from]?.heightPx ?? 0
  if (place > drag.from && place <= drag.to) return -heightPx
  return place < drag.from && place >= drag.to ? heightPx : 0
}

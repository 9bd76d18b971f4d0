/** Moves the focus from a row to its neighbour for an arrow key; false for any other key. */
export function stepRow(row: HTMLElement, key: string): boolean {
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return false
  let next = row
  do {
    const neighbour = key === 'ArrowDown' ? next.nextElementSibling : next.previousElementSibling
    if (!(neighbour instanceof HTMLElement)) return true
    next = neighbour
  } while (next.tabIndex < 0)
  next.focus()
  return true
}

import type { DeviceLine } from '@kaibo/contract/trade/cart'

/** The cart of a visitor, on their device; `id` names it when it is poured into theirs, once. */
export type DeviceCart = { id: string; lines: DeviceLine[] }

const linesMax = 120
const quantityMax = 999

const capped = (quantity: number) => Math.min(quantityMax, Math.max(1, Math.trunc(quantity)))

/** Puts goods in, on top; more of the same adds up. A full cart stays as it is. */
export function added(cart: DeviceCart, line: DeviceLine): DeviceCart {
  const known = cart.lines.find(each => each.skuId === line.skuId)
  if (!known) return cart.lines.length < linesMax ? { ...cart, lines: [line, ...cart.lines] } : cart
  const quantity = capped(known.quantity + line.quantity)
  return changed(cart, [line.skuId], { quantity, isSelected: true })
}

/** Changes some lines; those that are not there stay away. */
export const changed = (
  cart: DeviceCart,
  skuIds: readonly string[],
  change: Partial<Pick<DeviceLine, 'quantity' | 'isSelected'>>,
): DeviceCart => ({
  ...cart,
  lines: cart.lines.map(line => (skuIds.includes(line.skuId) ? { ...line, ...change } : line)),
})

export const removed = (cart: DeviceCart, skuIds: readonly string[]): DeviceCart => ({
  ...cart,
  lines: cart.lines.filter(line => !skuIds.includes(line.skuId)),
})

/** Another variant in the place of one; a line that has it already is joined. */
export function replaced(
  cart: DeviceCart,
  fromSkuId: string,
  to: Pick<DeviceLine, 'skuId' | 'quantity' | 'addedPriceFen'>,
): DeviceCart {
  const joined = cart.lines.find(line => line.skuId === to.skuId && to.skuId !== fromSkuId)
  const quantity = capped(to.quantity + (joined?.quantity ?? 0))
  const lines = joined ? removed(cart, [to.skuId]).lines : cart.lines
  return {
    ...cart,
    lines: lines.map(line => (line.skuId === fromSkuId ? { ...line, ...to, quantity } : line)),
  }
}

/** What was kept as text; null when it is not a cart of ours. */
export function parsedCart(text: string | null): DeviceCart | null {
  try {
    const kept: unknown = JSON.parse(text ?? 'null')
    return isCart(kept) ? kept : null
  } catch {
    return null
  }
}

const isObject = (kept: unknown): kept is object => typeof kept === 'object' && kept !== null

const isCart = (kept: unknown): kept is DeviceCart =>
  isObject(kept) &&
  'id' in kept &&
  typeof kept.id === 'string' &&
  'lines' in kept &&
  Array.isArray(kept.lines) &&
  kept.lines.every(isLine)

const isLine = (kept: unknown): boolean =>
  isObject(kept) &&
  'skuId' in kept &&
  typeof kept.skuId === 'string' &&
  'quantity' in kept &&
  Number.isInteger(kept.quantity) &&
  'source' in kept &&
  isObject(kept.source)

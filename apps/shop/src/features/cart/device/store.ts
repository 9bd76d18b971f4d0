import { newId } from '@kaibo/kernel/ids'
import { createStore } from '../../sign-in/store.ts'
import { type DeviceCart, parsedCart } from './model.ts'

const place = 'kaibo.cart'

/** A browser that keeps nothing (private windows, a full disk) has a cart as long as the page. */
function read(): DeviceCart {
  try {
    return parsedCart(localStorage.getItem(place)) ?? emptyCart()
  } catch {
    return emptyCart()
  }
}

const emptyCart = (): DeviceCart => ({ id: newId(), lines: [] })
const store = createStore(read())
// Another tab put something in or took it out.
addEventListener('storage', event => {
  if (event.key === place) store.set(read())
})

/** The visitor's cart on this device. */
export const deviceCart = {
  get: store.get,
  use: store.use,
  update(change: (cart: DeviceCart) => DeviceCart): void {
    const next = change(read())
    store.set(next)
    try {
      localStorage.setItem(place, JSON.stringify(next))
    } catch {
      // Kept by the page alone.
    }
  },
  /** After it was poured into somebody's own: the next one is another. */
  clear: () => deviceCart.update(emptyCart),
}

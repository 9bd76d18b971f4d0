import { createStore } from '../sign-in/store.ts'
import type { Draft } from './draft.ts'

const place = 'kaibo.checkout'
const store = createStore<Draft | null>(read())

/** The draft on its way to the checkout page; a reload of that page finds it, with the same ids. */
export const keptDraft = {
  use: store.use,
  set(draft: Draft | null): void {
    store.set(draft)
    try {
      if (draft) sessionStorage.setItem(place, JSON.stringify(draft))
      else sessionStorage.removeItem(place)
    } catch {
      // A browser that keeps nothing: the page alone knows it.
    }
  },
}

/** Only this page writes there; what is not a draft any more counts as none. */
function read(): Draft | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(place) ?? 'null')
    return isDraft(kept) ? kept : null
  } catch {
    return null
  }
}

function isDraft(kept: unknown): kept is Draft {
  return typeof kept === 'object' && kept !== null && 'lines' in kept && 'orderIds' in kept
}

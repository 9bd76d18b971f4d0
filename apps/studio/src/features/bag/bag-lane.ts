import type { Bag, BagItem } from '@kaibo/contract/show/showcase'
import { explained, rearranged } from './model.ts'

export type BagLaneNeeds = {
  /** The bag as the server last told it. */
  known: () => Bag | undefined
  /** Takes over what the server answered. */
  accept: (bag: Bag) => void
  setBag: (input: { version: number; productIds: string[] }) => Promise<Bag>
  explain: (productId: string | null) => Promise<Bag>
  /** Asks for the bag anew; never rejects. */
  reload: () => Promise<unknown>
  onRefused: (error: unknown) => void
}

export type BagLane = {
  /** What the host wants, as long as the server does not know all of it. */
  wanted: () => Bag | null
  subscribe: (listener: () => void) => () => void
  arrange: (items: readonly BagItem[]) => void
  explain: (productId: string | null) => void
  /** Somebody said that the bag has this version now. */
  hear: (version: number) => void
}

/** What is still to be sent: the last wish of each kind. */
type Wishes = { items?: readonly BagItem[]; explainId?: string | null }

/**
 * Edits of the bag show at once and travel one after another, because each carries the version
 * that the one before made. What is wished while a call is under way replaces what waits: a host
 * who presses 1, 2, 3 in a second wants 3. A refusal drops every wish and looks again.
 */
export function createBagLane(needs: BagLaneNeeds): BagLane {
  const listeners = new Set<() => void>()
  let wanted: Bag | null = null
  let wishes: Wishes = {}
  let isSending = false
  let heardVersion = 0

  const show = (bag: Bag | null) => {
    wanted = bag
    for (const listener of listeners) listener()
  }
  const sendNext = (version: number): Promise<Bag> => {
    const { items, ...others } = wishes
    wishes = items ? others : {}
    if (!items) return needs.explain(others.explainId ?? null)
    return needs.setBag({ version, productIds: items.map(({ product }) => product.id) })
  }
  const sendAll = async (known: Bag) => {
    if (isSending) return
    isSending = true
    try {
      let { version } = known
      while (wishes.items || wishes.explainId !== undefined) {
        const reply = await sendNext(version)
        version = reply.version
        needs.accept(reply)
      }
    } catch (error) {
      wishes = {}
      needs.onRefused(error)
      await needs.reload()
    }
    isSending = false
    show(null)
    reloadIfBehind()
  }
  const reloadIfBehind = () => {
    if (!isSending && heardVersion > (needs.known()?.version ?? 0)) void needs.reload()
  }
  const wish = (change: Wishes, next: (bag: Bag) => Bag) => {
    const known = needs.known()
    if (!known) return
    wishes = { ...wishes, ...change }
    show(next(wanted ?? known))
    void sendAll(known)
  }

  return {
    wanted: () => wanted,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    arrange(items) {
      const stays = items.some(({ product }) => product.id === wishes.explainId)
      if (!stays && wishes.explainId) delete wishes.explainId
      wish({ items }, bag => rearranged(bag, items))
    },
    explain(productId) {
      wish({ explainId: productId }, bag => explained(bag, productId, Date.now()))
    },
    hear(version) {
      heardVersion = Math.max(heardVersion, version)
      reloadIfBehind()
    },
  }
}

import type { ProductCard } from '@kaibo/contract/goods/catalog'
import type {
  Insight,
  InsightMinute,
  InsightProduct,
  NextProduct,
} from '@kaibo/contract/show/insight'
import type { ExplainMark } from '@kaibo/contract/show/live'
import type { Bag } from '@kaibo/contract/show/showcase'
import { minuteMs, secondMs } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'
import { zeroFen } from '@kaibo/kernel/money'
import type { Audience, LiveFacts } from '@kaibo/modules/live'
import type { Sales } from '@kaibo/modules/orderdesk'
import { decideNext } from './next.ts'
import type { OnlineMinute, SignalCount } from './store.ts'

/** Everything that was read of a session, at one time. */
export type Counted = {
  at: Date
  room: LiveFacts
  audience: Audience
  viewers: { viewerCount: number; activeCount: number }
  signals: readonly SignalCount[]
  online: readonly OnlineMinute[]
  sold: Sales
  bag: Bag
  explains: readonly ExplainMark[]
  /** Of products that are not in the bag. */
  cards: readonly ProductCard[]
}

export function insightOf(counted: Counted): Insight {
  const { at, room, audience, viewers, sold, online } = counted
  const products = productsOf(counted)
  const watchedSec = online.reduce((sum, minute) => sum + minute.watchedSec, 0)
  const total = (key: 'clickCount' | 'cartCount' | 'soldCount') =>
    products.reduce((sum, product) => sum + product[key], 0)
  return {
    liveId: room.id,
    state: room.state,
    at: at.toISOString(),
    startedAt: room.startedAt?.toISOString() ?? null,
    endedAt: room.endedAt?.toISOString() ?? null,
    onlineCount: audience.onlineCount,
    peakOnlineCount: audience.peakOnlineCount,
    ...viewers,
    buyerCount: sold.buyerCount,
    watchedSec,
    dwellSec: viewers.viewerCount > 0 ? Math.round(watchedSec / viewers.viewerCount) : 0,
    interactionBps: bpsOf(viewers.activeCount, viewers.viewerCount),
    conversionBps: bpsOf(sold.buyerCount, viewers.viewerCount),
    clickCount: total('clickCount'),
    cartCount: total('cartCount'),
    soldCount: total('soldCount'),
    orderCount: sold.orderCount,
    amountFen: sold.amountFen,
    products,
    minutes: minutesOf(counted),
    next: room.state === 'ended' ? null : nextOf(counted, products),
  }
}

/** A share in hundredths of a per cent. Who bought without a socket is no reason for more than all. */
const bpsOf = (part: number, whole: number): number =>
  whole > 0 ? Math.min(10_000, Math.round((part * 10_000) / whole)) : 0

const nothing = { clickCount: 0, cartCount: 0, orderCount: 0, soldCount: 0, amountFen: zeroFen }

function productsOf({ signals, sold, bag, explains, cards }: Counted): InsightProduct[] {
  const signalsOf = new Map(signals.map(each => [each.productId, each]))
  const soldOf = new Map(sold.products.map(each => [each.productId, each]))
  const explainedSec = (id: Id) =>
    explains.reduce((sum, mark) => (mark.productId === id ? sum + mark.seconds : sum), 0)
  const cardOf = new Map(cards.map(card => [card.id, card]))
  const inBag = bag.items.map(({ number, product }) => ({ id: product.id, number, card: product }))
  const known = new Set(inBag.map(({ id }) => id))
  const others = [...soldOf.keys(), ...signals.flatMap(each => each.productId ?? [])]
  const gone = [...new Set(others)]
    .filter(id => !known.has(id))
    .map(id => ({ id, number: null, card: cardOf.get(id) }))
  return [...inBag, ...gone].map(({ id, number, card }) => {
    const { clickCount, cartCount } = signalsOf.get(id) ?? nothing
    const { orderCount, soldCount, amountFen } = soldOf.get(id) ?? nothing
    return {
      productId: id,
      title: card?.title ?? soldOf.get(id)?.title ?? '',
      pictureUrl: card?.pictureUrl ?? null,
      number,
      explainSec: explainedSec(id),
      ...{ clickCount, cartCount, orderCount, soldCount, amountFen },
    }
  })
}

function minutesOf({ online, signals, sold }: Counted): InsightMinute[] {
  const minutes = new Map<number, InsightMinute>()
  const add = (at: Date, part: Partial<InsightMinute>) => {
    const empty = { at: at.toISOString(), onlineCount: 0, ...emptyMinute }
    minutes.set(at.getTime(), { ...empty, ...minutes.get(at.getTime()), ...part })
  }
  for (const { minute, onlineCount } of online) add(minute, { onlineCount })
  for (const { minute, clickCount, cartCount } of signals)
    if (minute) add(minute, { clickCount, cartCount })
  for (const { minute, orderCount, amountFen } of sold.minutes)
    add(minute, { orderCount, amountFen })
  return [...minutes.entries()].toSorted(([a], [b]) => a - b).map(([, minute]) => minute)
}

const emptyMinute = { clickCount: 0, cartCount: 0, orderCount: 0, amountFen: zeroFen }

/** What to explain next, of what is in the bag and not being explained. */
function nextOf(
  { at, bag, signals, sold, explains }: Counted,
  products: readonly InsightProduct[],
): NextProduct | null {
  const signalsOf = new Map(signals.map(each => [each.productId, each]))
  const recentOrders = new Map(sold.products.map(each => [each.productId, each.recentOrderCount]))
  const numbersOf = new Map(products.map(product => [product.productId, product]))
  const explainedAgoMin = (id: Id): number | null => {
    const ends = explains.flatMap(({ productId, startedAt, seconds }) =>
      productId === id ? [Date.parse(startedAt) + seconds * secondMs] : [],
    )
    if (ends.length === 0) return null
    return Math.max(0, Math.floor((at.getTime() - Math.max(...ends)) / minuteMs))
  }
  const candidates = bag.items
    .filter(({ product }) => product.id !== bag.explaining?.item.product.id)
    .map(({ number, product: { id, title, priceFromFen, available } }) => ({
      ...{ productId: id, title, number, priceFen: priceFromFen, available },
      recentClickCount: signalsOf.get(id)?.recentClickCount ?? 0,
      recentCartCount: signalsOf.get(id)?.recentCartCount ?? 0,
      recentOrderCount: recentOrders.get(id) ?? 0,
      clickCount: numbersOf.get(id)?.clickCount ?? 0,
      orderCount: numbersOf.get(id)?.orderCount ?? 0,
      explainedAgoMin: explainedAgoMin(id),
    }))
  return decideNext(candidates)
}

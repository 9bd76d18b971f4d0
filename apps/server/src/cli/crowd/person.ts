import { setTimeout as delay } from 'node:timers/promises'
import { type Client, createClient } from '@kaibo/client/client'
import { createRealtime, type Realtime } from '@kaibo/client/realtime'
import { connectWebSocket } from '@kaibo/client/web-socket'
import { topics } from '@kaibo/contract/show/topics'
import { newId } from '@kaibo/kernel/ids'
import type { Figures } from './figures.ts'
import { question, remark } from './words.ts'

export type Place = { url: string; liveId: string }

/** What the people of one crowd share. */
export type Shared = Place & {
  figures: Figures
  /** Comments that are on their way, by id, with when they were sent. */
  sentAtMs: Map<string, number>
}

export type CrowdPerson = {
  join(): Promise<void>
  chat(): Promise<void>
  ask(): Promise<void>
  like(): Promise<void>
  /** Places an order; pays three of four at the sandbox. */
  buy(): Promise<void>
  /** Cancels what was ordered, which pays it back, and goes. */
  leave(): Promise<void>
}

const joinMsMax = 15_000
const tapsMax = 10
const paidMsMax = 15_000
/** Every fourth order of a crowd is left unpaid. */
const unpaidEvery = 4
/** Comments whose arrival is waited for; the oldest fall out. */
const sentMax = 10_000

/** One synthetic person: a client of the public API and the socket like any page. */
export function createPerson(shared: Shared, { token }: { token: string }): CrowdPerson {
  const { url, liveId, figures, sentAtMs } = shared
  const client = createClient({ baseUrl: url, fetch, language: () => 'zh-CN', token: () => token })
  const realtime = createRealtime({
    url: `${url.replace(/^http/, 'ws')}/realtime`,
    connect: connectWebSocket,
    getTicket: async () => (await client.realtime.ticket()).ticket,
  })
  const shopping = createShopping(client, shared)
  const say = async (kind: 'comment' | 'question', text: string) => {
    const commentId = newId()
    sentAtMs.set(commentId, performance.now())
    const [oldest] = sentAtMs.keys()
    if (sentAtMs.size > sentMax && oldest !== undefined) sentAtMs.delete(oldest)
    await client.chat.send({ id: liveId, commentId, text, kind })
    figures.count(kind === 'question' ? 'questions' : 'sent')
  }
  return {
    join: () => hearRoom(realtime, shared),
    chat: () => say('comment', remark()),
    ask: () => say('question', question()),
    async like() {
      const n = 1 + Math.floor(Math.random() * tapsMax)
      if (realtime.send({ t: 'count', topic: topics.live(liveId), key: 'hearts', n }))
        figures.count('taps', n)
    },
    buy: shopping.buy,
    async leave() {
      await shopping.undo()
      realtime.stop()
      await client.account.signOut()
    },
  }
}

async function hearRoom(realtime: Realtime, { liveId, figures, sentAtMs }: Shared): Promise<void> {
  const heard = Promise.withResolvers<void>()
  realtime.subscribe(topics.live(liveId), {
    onSocial(item) {
      const sentAt = sentAtMs.get(commentIdOf(item) ?? '')
      if (sentAt !== undefined) figures.time('arrival', performance.now() - sentAt)
    },
    async onResync() {
      heard.resolve()
      return undefined
    },
    onError: code => heard.reject(new Error(code)),
  })
  const late = delay(joinMsMax, undefined, { ref: false }).then(() => {
    throw new Error('the room does not answer')
  })
  await Promise.race([heard.promise, late])
  figures.count('joined')
}

function commentIdOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null || !('comment' in item)) return undefined
  const { comment } = item
  if (typeof comment !== 'object' || comment === null || !('id' in comment)) return undefined
  return String(comment.id)
}

/** Buying like at the sheet of a room, and taking it back. */
function createShopping(client: Client, { url, liveId, figures }: Shared) {
  const orderIds = new Set<string>()
  let addressId: string | undefined

  async function home(): Promise<string> {
    const [known] = (await client.account.addresses()).items
    if (known) return known.id
    const id = newId()
    const receiver = { name: '模拟观众', phone: '13800000000', regionCode: '330106' }
    await client.account.addAddress({
      ...receiver,
      id,
      detail: '模拟地址，请勿发货',
      isDefault: true,
    })
    return id
  }

  async function basket() {
    const { items } = await client.showcase.bag({ id: liveId })
    const product = items[Math.floor(Math.random() * items.length)]?.product
    if (!product) return undefined
    const { shopId, skus } = await client.catalog.view({ id: product.id })
    const sku = skus.find(each => !each.isDisabled && each.available > 0)
    addressId ??= await home()
    const lines = sku && [{ skuId: sku.id, quantity: 1 }]
    const source = { kind: 'live' as const, id: liveId }
    return lines && { shopId, lines, addressId, source, couponIds: [], pointsUsed: 0 }
  }

  async function pay(orderId: string): Promise<void> {
    const payment = await client.pay.start({ orderIds: [orderId], channel: 'sandbox' })
    const cashier = new URL(payment.cashierUrl ?? '', url)
    await fetch(cashier, { method: 'POST', headers: { origin: cashier.origin } })
    for (const untilMs = Date.now() + paidMsMax; Date.now() < untilMs; await delay(200)) {
      const { state } = await client.pay.view({ id: payment.id })
      if (state !== 'paid') continue
      figures.count('paid')
      return
    }
  }

  return {
    async buy() {
      const wanted = await basket()
      if (!wanted) return
      const { shopId, ...asked } = wanted
      const { payableFen: expectedPayableFen } = await client.order.preview(asked)
      const id = newId()
      const orders = [{ id, shopId, note: '模拟订单' }]
      const startedAtMs = performance.now()
      await client.order.place({ ...asked, orders, agreesNoReturn: true, expectedPayableFen })
      figures.time('answer', performance.now() - startedAtMs)
      orderIds.add(id)
      if (figures.count('placed') % unpaidEvery !== 0) await pay(id)
    },
    async undo() {
      for (const id of orderIds) {
        await figures.attempt(async () => {
          await client.order.cancel({ id, reason: '模拟结束' })
          figures.count('undone')
        })
      }
    },
  }
}

import type { Order } from '@kaibo/contract/order'
import { type Fen, sumFen } from '@kaibo/kernel/money'

/** When the day of `nowMs` began where this device is. */
export function startOfDay(nowMs: number): number {
  return new Date(nowMs).setHours(0, 0, 0, 0)
}

/** Orders that were paid since `startMs`, whatever became of them after. */
export const paidSince = (orders: readonly Order[], startMs: number): Order[] =>
  orders.filter(order => order.paidAt !== null && Date.parse(order.paidAt) >= startMs)

/** Whether nothing older can have been paid since `startMs`: its time to pay was over by then. */
const isBefore = (order: Order | undefined, startMs: number): boolean =>
  order !== undefined && Date.parse(order.expiresAt) < startMs

export type Takings = {
  orderCount: number
  amountFen: Fen
  /** False when the day has more orders than are looked through: it is at least this much. */
  isComplete: boolean
}

type AskOrders = (cursor: {
  cursor?: string
}) => Promise<{ items: readonly Order[]; next: string | null }>

/** What was paid since `startMs`, counted from the list of orders, newest first. */
export async function takingsSince(
  ask: AskOrders,
  { startMs, pagesMax }: { startMs: number; pagesMax: number },
): Promise<Takings> {
  const paid: Order[] = []
  const takings = (isComplete: boolean): Takings => ({
    orderCount: paid.length,
    amountFen: sumFen(paid.map(order => order.payableFen)),
    isComplete,
  })
  let cursor: { cursor?: string } = {}
  for (let pageNumber = 0; pageNumber < pagesMax; pageNumber++) {
    const page = await ask(cursor)
    paid.push(...paidSince(page.items, startMs))
    if (page.next === null || isBefore(page.items.at(-1), startMs)) return takings(true)
    cursor = { cursor: page.next }
  }
  return takings(false)
}

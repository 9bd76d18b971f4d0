import { must } from '@kaibo/kernel/invariant'
import type { Draft, DraftLine, Parcelled } from './store.ts'

/** What `placement_place` takes, in its order: settings and news, orders, goods, lines, holds, limits. */
export const columnTypes = [
  ...['int', 'jsonb'],
  ...['uuid[]', 'int[]', 'text[]', 'text[]', 'uuid[]', 'uuid[]', 'uuid[]'],
  ...['bigint[]', 'bigint[]', 'bigint[]', 'text[]', 'text[]', 'text[]', 'uuid[]'],
  ...[
    'uuid[]',
    'uuid[]',
    'text[]',
    'text[]',
    'text[]',
    'uuid[]',
    'boolean[]',
    'boolean[]',
    'int[]',
  ],
  ...['uuid[]', 'int[]', 'int[]', 'int[]', 'bigint[]', 'bigint[]', 'int[]', 'bigint[]'],
  ...['text[]', 'boolean[]', 'uuid[]', 'uuid[]', 'text[]'],
  ...['int[]', 'uuid[]', 'uuid[]', 'int[]'],
  ...['int[]', 'uuid[]', 'uuid[]', 'int[]', 'int[]'],
]

/** A group of checkouts as columns; rows name each other by place, counted from 1 as SQL does. */
export function columnsOf(group: readonly Parcelled[]): (string | number)[] {
  const drafts = group.flatMap(each => each.drafts)
  const { goods, goodOf } = goodsOf(drafts)
  return [
    must(drafts[0], 'a group has orders').payWindowSec,
    JSON.stringify({ orders: drafts.map(toldOf) }),
    ...orderColumns(group, drafts),
    ...goodsColumns(goods),
    ...lineColumns(drafts, goodOf),
    ...decidedColumns(group, drafts),
  ]
}

const toldOf = ({ id, buyerId, shopId, payableFen, source }: Draft) => ({
  orderId: id,
  buyerId,
  shopId,
  state: 'pending',
  payableFen,
  source,
})

const orderColumns = (group: readonly Parcelled[], drafts: readonly Draft[]): string[] => [
  array(drafts, draft => draft.id),
  array(
    group.flatMap(({ orderIds }, at) => orderIds.map(() => at)),
    at => at,
  ),
  array(drafts, draft => draft.number),
  array(drafts, draft => draft.requestHash),
  array(drafts, draft => draft.buyerId),
  array(drafts, draft => draft.shopId),
  array(drafts, draft => draft.checkoutId),
  array(drafts, draft => draft.itemsFen),
  array(drafts, draft => draft.discountFen),
  array(drafts, draft => draft.shippingFen),
  quotedArray(drafts, draft => draft.receiverSealed),
  quotedArray(drafts, draft => draft.note),
  array(drafts, draft => draft.source.kind),
  array(drafts, draft => draft.source.id),
]

/** What lines of the same page share is sent once for all of them. */
function goodsOf(drafts: readonly Draft[]) {
  const goods: DraftLine[] = []
  const places = new Map<string, number>()
  const keyOf = ({ skuId, versionId, takeRateBps }: DraftLine) =>
    `${skuId} ${versionId} ${takeRateBps}`
  for (const line of drafts.flatMap(draft => draft.lines)) {
    const key = keyOf(line)
    if (!places.has(key)) places.set(key, goods.push(line))
  }
  return { goods, goodOf: (line: DraftLine) => must(places.get(keyOf(line)), 'its goods') }
}

const goodsColumns = (goods: readonly DraftLine[]): string[] => [
  array(goods, line => line.skuId),
  array(goods, line => line.productId),
  quotedArray(goods, line => line.title),
  quotedArray(goods, line => JSON.stringify(line.spec)),
  quotedArray(goods, line => line.pictureUrl),
  array(goods, line => line.versionId),
  array(goods, line => line.isVirtual),
  array(goods, line => line.mayReturn),
  array(goods, line => line.takeRateBps),
]

function lineColumns(drafts: readonly Draft[], goodOf: (line: DraftLine) => number): string[] {
  const lines = drafts.flatMap((draft, at) =>
    draft.lines.map((line, position) => ({ ...line, order: at + 1, position })),
  )
  const limitsOf = ({ limits }: DraftLine) =>
    limits.length > 0 ? `{${limits.map(limit => limit.limitId).join()}}` : null
  return [
    array(lines, line => line.id),
    array(lines, line => line.order),
    array(lines, line => line.position),
    array(lines, goodOf),
    array(lines, line => line.listPriceFen),
    array(lines, line => line.unitPriceFen),
    array(lines, line => line.quantity),
    array(lines, line => line.payableFen),
    quotedArray(lines, line => (line.parts.length > 0 ? JSON.stringify(line.parts) : null)),
    array(lines, line => line.isGift || null),
    array(lines, line => line.bundleId),
    array(lines, line => line.poolId),
    quotedArray(lines, limitsOf),
  ]
}

function decidedColumns(group: readonly Parcelled[], drafts: readonly Draft[]): string[] {
  const places = new Map(drafts.map((draft, at) => [draft.id, at + 1]))
  const placeOf = ({ orderId }: { orderId: string }) => must(places.get(orderId), 'its order')
  const holds = group.flatMap(each => each.holds)
  const takings = group.flatMap(each => each.takings)
  return [
    array(holds, placeOf),
    array(holds, hold => hold.skuId),
    array(holds, hold => hold.poolId),
    array(holds, hold => hold.quantity),
    array(takings, placeOf),
    array(takings, taking => taking.limitId),
    array(takings, taking => taking.buyerId),
    array(takings, taking => taking.quantity),
    array(takings, taking => taking.max),
  ]
}

type Cell = string | number | boolean | null

/** An array literal; ids, numbers and our own words need no quotes. */
export function array<T>(rows: readonly T[], cell: (row: T) => Cell): string {
  let text = ''
  for (const row of rows) text += `${text && ','}${cell(row) ?? 'NULL'}`
  return `{${text}}`
}

/** What people or other systems wrote, in quotes. */
const quotedArray = <T>(rows: readonly T[], cell: (row: T) => string | null): string =>
  array(rows, row => {
    const text = cell(row)
    return text === null ? null : `"${text.replaceAll(/["\\]/g, '\\$&')}"`
  })

import { bigints, booleans, integers, texts, uuids } from '@kaibo/db/arrays'
import { must } from '@kaibo/kernel/invariant'
import { levelKeyOf, limitKeyOf, type Sum, summed } from './fit.ts'
import type { Draft, DraftLine, Hold, Parcelled, Taking } from './store.ts'

/** What `placement_place` takes, in its order. */
export const columnTypes = [
  'int',
  // Orders.
  ...['uuid[]', 'text[]', 'uuid[]', 'uuid[]', 'uuid[]', 'uuid[]'],
  ...['bigint[]', 'bigint[]', 'bigint[]', 'text[]', 'text[]', 'text[]', 'uuid[]'],
  // Goods.
  ...['uuid[]', 'uuid[]', 'text[]', 'text[]', 'text[]', 'uuid[]'],
  ...['boolean[]', 'boolean[]', 'int[]'],
  // Lines.
  ...['uuid[]', 'int[]', 'int[]', 'int[]', 'bigint[]', 'bigint[]', 'int[]', 'bigint[]'],
  ...['text[]', 'boolean[]', 'uuid[]', 'uuid[]', 'text[]'],
  // Levels, holds and limits.
  ...['uuid[]', 'uuid[]', 'int[]'],
  ...['uuid[]', 'int[]', 'int[]', 'int[]'],
  ...['uuid[]', 'uuid[]', 'int[]', 'int[]'],
]

/** A group of checkouts as columns; rows name each other by place, counted from 1 as SQL does. */
export function columnsOf(group: readonly Parcelled[]): (Buffer | number)[] {
  const drafts = group.flatMap(each => each.drafts)
  const { goods, goodOf } = goodsOf(drafts)
  return [
    must(drafts[0], 'a group has orders').payWindowSec,
    ...orderColumns(drafts),
    ...goodsColumns(goods),
    ...lineColumns(drafts, goodOf),
    ...holdColumns(group),
    ...limitColumns(group),
  ]
}

const orderColumns = (drafts: readonly Draft[]): Buffer[] => [
  uuids(drafts.map(draft => draft.id)),
  texts(drafts.map(draft => draft.number)),
  uuids(drafts.map(draft => draft.requestHash)),
  uuids(drafts.map(draft => draft.buyerId)),
  uuids(drafts.map(draft => draft.shopId)),
  uuids(drafts.map(draft => draft.checkoutId)),
  bigints(drafts.map(draft => draft.itemsFen)),
  bigints(drafts.map(draft => draft.discountFen)),
  bigints(drafts.map(draft => draft.shippingFen)),
  texts(drafts.map(draft => draft.receiverSealed)),
  texts(drafts.map(draft => draft.note)),
  texts(drafts.map(draft => draft.source.kind)),
  uuids(drafts.map(draft => draft.source.id)),
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

const goodsColumns = (goods: readonly DraftLine[]): Buffer[] => [
  uuids(goods.map(line => line.skuId)),
  uuids(goods.map(line => line.productId)),
  texts(goods.map(line => line.title)),
  texts(goods.map(line => JSON.stringify(line.spec))),
  texts(goods.map(line => line.pictureUrl)),
  uuids(goods.map(line => line.versionId)),
  booleans(goods.map(line => line.isVirtual)),
  booleans(goods.map(line => line.mayReturn)),
  integers(goods.map(line => line.takeRateBps)),
]

function lineColumns(drafts: readonly Draft[], goodOf: (line: DraftLine) => number): Buffer[] {
  const lines = drafts.flatMap(draft => draft.lines)
  const limitIdsOf = ({ limits }: DraftLine) =>
    limits.length > 0 ? `{${limits.map(limit => limit.limitId).join()}}` : null
  return [
    uuids(lines.map(line => line.id)),
    integers(drafts.flatMap((draft, at) => draft.lines.map(() => at + 1))),
    integers(drafts.flatMap(draft => draft.lines.map((_, position) => position))),
    integers(lines.map(goodOf)),
    bigints(lines.map(line => line.listPriceFen)),
    bigints(lines.map(line => line.unitPriceFen)),
    integers(lines.map(line => line.quantity)),
    bigints(lines.map(line => line.payableFen)),
    texts(lines.map(line => (line.parts.length > 0 ? JSON.stringify(line.parts) : null))),
    booleans(lines.map(line => line.isGift)),
    uuids(lines.map(line => line.bundleId)),
    uuids(lines.map(line => line.poolId)),
    texts(lines.map(limitIdsOf)),
  ]
}

/** In the order of their keys, in which all transactions lock them. */
const inOrder = <Row>(sums: readonly Sum<Row>[]): readonly Sum<Row>[] =>
  sums.length > 1 ? sums.toSorted((a, b) => (a.key < b.key ? -1 : 1)) : sums

export const levelsOf = (group: readonly Parcelled[]): readonly Sum<Hold>[] =>
  inOrder(
    summed(
      group.flatMap(each => each.holds),
      levelKeyOf,
    ),
  )

export const limitsOf = (group: readonly Parcelled[]): readonly Sum<Taking>[] =>
  inOrder(
    summed(
      group.flatMap(each => each.takings),
      limitKeyOf,
    ),
  )

function holdColumns(group: readonly Parcelled[]): Buffer[] {
  const levels = levelsOf(group)
  const holds = levels.flatMap(level => level.rows)
  return [
    uuids(levels.map(level => level.row.skuId)),
    uuids(levels.map(level => level.row.poolId)),
    integers(levels.map(level => level.quantity)),
    uuids(holds.map(hold => hold.orderId)),
    integers(levels.flatMap((level, at) => level.rows.map(() => at + 1))),
    integers(holds.map(hold => hold.quantity)),
    integers(levels.flatMap(level => runningSums(level.rows))),
  ]
}

function runningSums(rows: readonly Hold[]): number[] {
  let sum = 0
  return rows.map(row => {
    sum += row.quantity
    return sum
  })
}

function limitColumns(group: readonly Parcelled[]): Buffer[] {
  const limits = limitsOf(group)
  return [
    uuids(limits.map(limit => limit.row.limitId)),
    uuids(limits.map(limit => limit.row.buyerId)),
    integers(limits.map(limit => limit.quantity)),
    // Two of a group may have read different limits: the stricter one holds for what is written.
    integers(limits.map(limit => Math.min(...limit.rows.map(taking => taking.max)))),
  ]
}

import { requireShop } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type {
  CodeImport,
  CodeState,
  VirtualCode,
  VirtualGoods,
  VirtualKind,
  VirtualRule,
  VirtualSku,
  VirtualSlot,
} from '@kaibo/contract/trade/virtual'
import type { Id } from '@kaibo/kernel/ids'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { textKind } from '@kaibo/sheet/kinds'
import { defineSheet, problemOf } from '@kaibo/sheet/sheet'
import * as codes from './code-store.ts'
import { deliverWaiting, goodsOf, slotView } from './delivery.ts'
import type { VirtualNeeds } from './needs.ts'
import { decideTimes, maskCode } from './rules.ts'
import * as slots from './slot-store.ts'
import * as store from './store.ts'

type OwnSku = { shopId: Id; skuId: Id }

const codeColumn = { zh: '卡密', en: 'Code', kind: textKind(200), example: 'ABCD-1234-EFGH' }
const codeSheet = defineSheet<{ code: string }>({ zh: '卡密', en: 'Codes' }, { code: codeColumn })

/** Virtual SKUs of a shop or of one product, the newest first. */
export async function list(
  { database: { db }, catalog }: VirtualNeeds,
  actor: Actor,
  { shopId, productId, ...page }: { shopId: Id; productId?: Id } & PageQuery,
): Promise<Page<VirtualSku>> {
  requireShop(actor, 'stock.manage', shopId)
  const rows = await store.pageOfRules(db, { shopId, productId, page })
  const facts = await catalog.skusByIds(
    db,
    rows.items.map(row => row.skuId),
  )
  const bySku = new Map(facts.map(sku => [sku.skuId, sku]))
  const items = rows.items.map(({ shopId: _, ...row }) => ({
    ...row,
    title: bySku.get(row.skuId)?.title ?? '',
    spec: bySku.get(row.skuId)?.spec ?? {},
  }))
  return { ...rows, items }
}

/** Sets how a virtual SKU is delivered. Throws `product.not_found` or `virtual.kind_in_use`. */
export async function setRule(
  needs: VirtualNeeds,
  actor: Actor,
  rule: OwnSku & { kind: VirtualKind; refundRule: string; cancelHours: number },
): Promise<VirtualRule> {
  requireShop(actor, 'stock.manage', rule.shopId)
  const { database, catalog } = needs
  const [sku] = await catalog.skusByIds(database.db, [rule.skuId])
  if (sku?.shopId !== rule.shopId || !sku.isVirtual) throw fail('product.not_found')
  const { productId } = sku
  await database.tx(async tx => {
    if (!(await store.putRule(tx, { ...rule, productId }))) throw fail('virtual.kind_in_use')
    await deliverWaiting(needs, tx, rule.skuId)
  })
  const { skuId, kind, refundRule, cancelHours } = rule
  return { skuId, kind, refundRule, cancelHours }
}

/** Codes of a SKU, masked, the newest first. Throws `product.not_found`. */
export async function listCodes(
  needs: VirtualNeeds,
  actor: Actor,
  { state, shopId, skuId, ...page }: OwnSku & { state?: CodeState } & PageQuery,
): Promise<Page<VirtualCode>> {
  requireShop(actor, 'stock.manage', shopId)
  await requireSku(needs, { shopId, skuId })
  const rows = await codes.pageOfCodes(needs.database.db, { skuId, state, page })
  const items = rows.items.map(({ sealed, importedAt, givenAt, ...row }) => ({
    ...row,
    masked: maskCode(needs.personal.openPersonal(sealed)),
    importedAt: importedAt.toISOString(),
    givenAt: givenAt?.toISOString() ?? null,
  }))
  return { ...rows, items }
}

/**
 * Adds the codes of a sheet, all or none, and as many to the stock; whoever waits for codes gets
 * them. The same import again adds nothing more. Throws `product.not_found`, `virtual.no_rule` or
 * what reading a sheet throws.
 */
export async function importCodes(
  needs: VirtualNeeds,
  actor: Actor,
  { id, shopId, skuId, bytes }: OwnSku & { id: Id; bytes: Uint8Array },
): Promise<CodeImport> {
  requireShop(actor, 'stock.manage', shopId)
  await requireRule(needs, { shopId, skuId }, 'code')
  const read = await codeSheet.read(bytes)
  const problems = [...read.problems, ...repeatsIn(read.rows)]
  if (problems.length > 0) return { id, addedCount: 0, knownCount: 0, problems }
  const sealed = read.rows.flatMap(({ values }) =>
    values
      ? {
          sealed: needs.personal.sealPersonal(values.code),
          fingerprint: needs.personal.blindIndex('virtual-code', values.code),
        }
      : [],
  )
  const by = { actorId: actor.kind === 'user' ? actor.userId : null, note: '导入卡密' }
  const addedCount = await needs.database.tx(async tx => {
    const added = await codes.addCodes(tx, { skuId, importId: id, codes: sealed })
    if (added > 0)
      await needs.stock.adjustAll(tx, { causeId: id, changes: [{ skuId, delta: added }], by })
    await deliverWaiting(needs, tx, skuId)
    return codes.countOfImport(tx, skuId, id)
  })
  return { id, addedCount, knownCount: sealed.length - addedCount, problems }
}

function repeatsIn(rows: Awaited<ReturnType<typeof codeSheet.read>>['rows']) {
  const firstRow = new Map<string, number>()
  return rows.flatMap(({ row, values }) => {
    if (!values) return []
    const first = firstRow.get(values.code)
    if (first === undefined) firstRow.set(values.code, row)
    return first === undefined
      ? []
      : problemOf(
          { row, column: 'code', titles: codeColumn },
          { code: 'sheet.cell_repeated', facts: { row: first } },
        )
  })
}

/**
 * Takes back a code that nobody has; the stock goes down by one. Throws `product.not_found`,
 * `request.not_found`, `virtual.code_given` or `stock.below_reserved`.
 */
export async function voidCode(
  needs: VirtualNeeds,
  actor: Actor,
  { id, shopId, skuId }: OwnSku & { id: Id },
): Promise<{ ok: true }> {
  requireShop(actor, 'stock.manage', shopId)
  await requireSku(needs, { shopId, skuId })
  const by = { actorId: actor.kind === 'user' ? actor.userId : null, note: '作废卡密' }
  await needs.database.tx(async tx => {
    const outcome = await codes.voidCode(tx, { id, skuId })
    if (outcome === null) throw fail('request.not_found')
    if (outcome === 'gone') throw fail('virtual.code_given')
    await needs.stock.adjustAll(tx, { causeId: id, changes: [{ skuId, delta: -1 }], by })
  })
  return { ok: true }
}

/** Time slots of a SKU, the earliest first. Throws `product.not_found`. */
export async function listSlots(
  needs: VirtualNeeds,
  actor: Actor,
  { shopId, skuId, ...page }: OwnSku & PageQuery,
): Promise<Page<VirtualSlot>> {
  requireShop(actor, 'stock.manage', shopId)
  await requireSku(needs, { shopId, skuId })
  const rows = await slots.pageOfSlots(needs.database.db, skuId, page)
  return { ...rows, items: rows.items.map(slotView) }
}

type NewSlot = { startsAt: string; endsAt: string; place: string; capacity: number }

/**
 * Makes a slot or changes the one of this id. Throws `product.not_found`, `virtual.no_rule`,
 * `virtual.slot_times`, or `virtual.slot_full` when more places are taken than it would have.
 */
export async function putSlot(
  needs: VirtualNeeds,
  actor: Actor,
  { shopId, skuId, ...slot }: OwnSku & { id: Id } & NewSlot,
): Promise<VirtualSlot> {
  requireShop(actor, 'stock.manage', shopId)
  await requireRule(needs, { shopId, skuId }, 'booking')
  const times = { startsAt: new Date(slot.startsAt), endsAt: new Date(slot.endsAt) }
  decideTimes(times)
  const { database } = needs
  const isPut = await database.tx(tx => slots.putSlot(tx, { ...slot, ...times, skuId }))
  const row = (await slots.slotsByIds(database.db, [slot.id])).get(slot.id)
  if (row?.skuId !== skuId) throw fail('request.not_found')
  if (!isPut) throw fail('virtual.slot_full')
  return slotView(row)
}

/** Removes a slot that nobody has booked. Throws `product.not_found` or `virtual.slot_taken`. */
export async function removeSlot(
  needs: VirtualNeeds,
  actor: Actor,
  { id, shopId, skuId }: OwnSku & { id: Id },
): Promise<{ ok: true }> {
  requireShop(actor, 'stock.manage', shopId)
  await requireSku(needs, { shopId, skuId })
  const { database } = needs
  if (!(await slots.slotsByIds(database.db, [id])).has(id)) throw fail('request.not_found')
  if (!(await database.tx(tx => slots.removeSlot(tx, { id, skuId }))))
    throw fail('virtual.slot_taken')
  return { ok: true }
}

/** Slots shown to buyers. */
const openSlotsMax = 200

/** What can still be booked of a SKU, and what holds for refunds. */
export async function openSlots({ database: { db } }: VirtualNeeds, skuId: Id) {
  const rule = (await store.rulesBySku(db, [skuId])).get(skuId)
  if (!rule) return { rule: null, slots: [] }
  const { kind, refundRule, cancelHours } = rule
  const rows = kind === 'booking' ? await slots.openSlots(db, skuId, openSlotsMax) : []
  return { rule: { skuId, kind, refundRule, cancelHours }, slots: rows.map(slotView) }
}

/** What an order of a shop delivers, codes masked. Throws `order.not_found`. */
export async function ofShop(
  needs: VirtualNeeds,
  actor: Actor,
  { shopId, id }: { shopId: Id; id: Id },
): Promise<{ goods: VirtualGoods[] }> {
  requireShop(actor, 'order.manage', shopId)
  const { db } = needs.database
  const lines = (await needs.order.virtualLines(db, [id])).filter(line => line.shopId === shopId)
  if (lines.length === 0) throw fail('order.not_found')
  return { goods: await goodsOf(needs, db, { lines, viewer: 'merchant' }) }
}

async function requireSku({ database, catalog }: VirtualNeeds, own: OwnSku): Promise<void> {
  const [sku] = await catalog.skusByIds(database.db, [own.skuId])
  if (sku?.shopId !== own.shopId) throw fail('product.not_found')
}

async function requireRule(needs: VirtualNeeds, own: OwnSku, kind: VirtualKind): Promise<void> {
  await requireSku(needs, own)
  const rule = (await store.rulesBySku(needs.database.db, [own.skuId])).get(own.skuId)
  if (rule?.kind !== kind) throw fail('virtual.no_rule')
}

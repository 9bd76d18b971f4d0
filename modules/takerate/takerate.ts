import { requirePermission } from '@kaibo/contract/core/access'
import { fail } from '@kaibo/contract/core/fail'
import type { Actor } from '@kaibo/contract/core/permissions'
import type { NewTakeRate, TakeRate, TakeRateState } from '@kaibo/contract/offer/takerate'
import type { Database, Db } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import type { BasisPoints } from '@kaibo/kernel/money'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import type { Shops } from '@kaibo/modules/shop'
import { decideRates, type RateAsk } from './rules.ts'
import * as store from './store.ts'

export type TakeRateNeeds = { database: Database; shop: Pick<Shops, 'shopsByIds'> }

/** What the platform keeps of each of these sales now, in the order asked. */
export async function ratesFor(db: Db, asks: readonly RateAsk[]): Promise<BasisPoints[]> {
  return asks.length === 0 ? [] : decideRates(await store.rulesFor(db, asks), asks)
}

/** Every rule there is or was, the latest first. */
export async function list(
  needs: TakeRateNeeds,
  actor: Actor,
  { state, shopId, ...page }: { state?: TakeRateState; shopId?: Id } & PageQuery,
): Promise<Page<TakeRate>> {
  requirePermission(actor, 'platform.manage')
  const rows = await store.pageOfRules(needs.database.db, { state, shopId, page })
  return { ...rows, items: await viewsOf(needs, rows.items) }
}

/**
 * Adds a rule; the same id again changes nothing. Throws `takerate.in_the_past`,
 * `takerate.instant_taken`, or `request.not_found` for a shop that is none.
 */
export async function add(
  needs: TakeRateNeeds,
  actor: Actor,
  rule: NewTakeRate,
): Promise<TakeRate> {
  requirePermission(actor, 'platform.manage')
  const { db } = needs.database
  const createdBy = actor.kind === 'user' ? actor.userId : null
  if (!(await store.ruleById(db, rule.id))) {
    if (rule.shopId && !(await needs.shop.shopsByIds(db, [rule.shopId])).has(rule.shopId))
      throw fail('request.not_found')
    const effectiveFrom = instantOf(rule.effectiveFrom)
    if (effectiveFrom && (await store.isOver(db, effectiveFrom))) throw fail('takerate.in_the_past')
    await needs.database.tx(tx => store.insertRule(tx, { ...rule, effectiveFrom, createdBy }))
  }
  const row = await store.ruleById(db, rule.id)
  const [view] = row ? await viewsOf(needs, [row]) : []
  if (!view) throw fail('takerate.instant_taken')
  return view
}

function instantOf(text: string | null): Date | null {
  if (text === null) return null
  const instant = new Date(text)
  if (Number.isNaN(instant.getTime()) || instant.getUTCFullYear() > yearMax)
    throw fail('request.invalid', { field: 'effectiveFrom' })
  return instant
}

const yearMax = 2200

/** Takes back a rule that has not begun. Throws `takerate.in_effect` or `request.not_found`. */
export async function withdraw(
  { database }: TakeRateNeeds,
  actor: Actor,
  id: Id,
): Promise<{ ok: true }> {
  requirePermission(actor, 'platform.manage')
  if (await database.tx(tx => store.deletePlanned(tx, id))) return { ok: true }
  const isThere = (await store.ruleById(database.db, id)) !== undefined
  throw fail(isThere ? 'takerate.in_effect' : 'request.not_found')
}

async function viewsOf(
  { database, shop }: TakeRateNeeds,
  rows: readonly store.RuleRow[],
): Promise<TakeRate[]> {
  const ids = new Set(rows.flatMap(row => row.shopId ?? []))
  const shops = await shop.shopsByIds(database.db, [...ids])
  return rows.map(({ shopId, ...row }) => ({
    ...row,
    shop: shopId === null ? null : { id: shopId, name: shops.get(shopId)?.name ?? '' },
    effectiveFrom: row.effectiveFrom.toISOString(),
    createdAt: row.createdAt.toISOString(),
  }))
}

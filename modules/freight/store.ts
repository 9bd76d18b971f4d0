import type { FreightPlan } from '@kaibo/contract/trade/freight'
import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { sql } from 'kysely'
import type { Charging } from './rules.ts'

export type TemplateRow = {
  id: Id
  isDefault: boolean
  version: number
  updatedAt: Date
  plan: FreightPlan
}

const current = (db: Db) =>
  db
    .selectFrom('freight_template as template')
    .innerJoin('freight_version as version', join =>
      join
        .onRef('version.template_id', '=', 'template.id')
        .onRef('version.version', '=', 'template.version'),
    )
    .where('template.removed_at', 'is', null)
    .select([
      'template.id',
      'template.is_default as isDefault',
      'template.version',
      'version.created_at as updatedAt',
      sql<FreightPlan>`version.plan`.as('plan'),
    ])

/** The templates of a shop, the default one first, then newest first. */
export const templatesOfShop = (db: Db, shopId: Id): Promise<TemplateRow[]> =>
  current(db)
    .where('template.shop_id', '=', shopId)
    .orderBy('template.is_default', 'desc')
    .orderBy('template.id', 'desc')
    .execute()

export const templateById = (
  db: Db,
  { id, shopId }: { id: Id; shopId: Id },
): Promise<TemplateRow | undefined> =>
  current(db)
    .where('template.id', '=', id)
    .where('template.shop_id', '=', shopId)
    .executeTakeFirst()

/** The templates that are named, and the default ones of the shops. */
export const chargingFor = (
  db: Db,
  { ids, shopIds }: { ids: readonly Id[]; shopIds: readonly Id[] },
): Promise<Charging[]> =>
  current(db)
    .select('template.shop_id as shopId')
    .where(
      sql<boolean>`(template.id = any(${ids}::uuid[])
        or template.is_default and template.shop_id = any(${shopIds}::uuid[]))`,
    )
    .execute()

/** Changes of a shop's templates take turns until the transaction ends. */
export async function lockShop(tx: Tx, shopId: Id): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`freight:${shopId}`}, 0))`.execute(tx)
}

/** False when the id is in use. */
export async function insertTemplate(
  tx: Tx,
  template: { id: Id; shopId: Id; isDefault: boolean },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('freight_template')
    .values({ id: template.id, shop_id: template.shopId, is_default: template.isDefault })
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** Adds what a template says from now on. */
export async function addVersion(
  tx: Tx,
  { id, version, plan }: { id: Id; version: number; plan: FreightPlan },
): Promise<void> {
  await tx
    .insertInto('freight_version')
    .values({ template_id: id, version, plan: JSON.stringify(plan) })
    .execute()
  await tx.updateTable('freight_template').set({ version }).where('id', '=', id).execute()
}

/** Takes the default off all templates of a shop, then gives it to one. */
export async function moveDefault(tx: Tx, { id, shopId }: { id: Id; shopId: Id }): Promise<void> {
  await tx
    .updateTable('freight_template')
    .set({ is_default: false })
    .where('shop_id', '=', shopId)
    .where('is_default', '=', true)
    .execute()
  await tx.updateTable('freight_template').set({ is_default: true }).where('id', '=', id).execute()
}

export async function removeTemplate(tx: Tx, id: Id): Promise<void> {
  await tx
    .updateTable('freight_template')
    .set({ removed_at: sql`now()` })
    .where('id', '=', id)
    .execute()
}

import type { ShopRole } from '@kaibo/contract/core/permissions'
import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { sql } from 'kysely'
import { type Membership, shopRole } from './rules.ts'

export type ShopRow = { id: Id; name: string; intro: string; logoFileId: Id | null }

/** More shops than a person could work for; keeps the actor small. */
const membershipsMax = 50

const columns = ['id', 'name', 'intro', 'logo_file_id as logoFileId'] as const

export async function ownedShopId(db: Db, userId: Id): Promise<Id | undefined> {
  const row = await db
    .selectFrom('shop_member')
    .select('shop_id')
    .where('user_id', '=', userId)
    .where('role', '=', 'owner')
    .executeTakeFirst()
  return row?.shop_id
}

/** Parallel calls of one person to open a shop take turns until the transaction ends. */
export async function lockOwner(tx: Tx, userId: Id): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`shop.owner:${userId}`}, 0))`.execute(
    tx,
  )
}

/** Adds the shop; undefined when its id or name is taken. */
export async function addShop(
  tx: Tx,
  shop: ShopRow & { nameKey: string },
): Promise<ShopRow | undefined> {
  return tx
    .insertInto('shop')
    .values({
      id: shop.id,
      name: shop.name,
      name_key: shop.nameKey,
      intro: shop.intro,
      logo_file_id: shop.logoFileId,
    })
    .onConflict(conflict => conflict.doNothing())
    .returning(columns)
    .executeTakeFirst()
}

/** Adds the member; whoever has a role in the shop keeps it. */
export async function addMember(
  tx: Tx,
  member: { shopId: Id; userId: Id; role: ShopRole },
): Promise<void> {
  await tx
    .insertInto('shop_member')
    .values({ shop_id: member.shopId, user_id: member.userId, role: member.role })
    .onConflict(conflict => conflict.columns(['shop_id', 'user_id']).doNothing())
    .execute()
}

export type Member = { userId: Id; role: ShopRole; since: Date }

const memberColumns = ['user_id as userId', 'role', 'created_at as since'] as const

/** Changes of a shop's team take turns until the transaction ends. */
export async function lockTeam(tx: Tx, shopId: Id): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`shop.team:${shopId}`}, 0))`.execute(tx)
}

/** Who works for a shop, longest there first. */
export async function membersOf(db: Db, shopId: Id, limit: number): Promise<Member[]> {
  const rows = await db
    .selectFrom('shop_member')
    .select(memberColumns)
    .where('shop_id', '=', shopId)
    .orderBy('created_at')
    .orderBy('user_id')
    .limit(limit)
    .execute()
  return rows.map(row => ({ ...row, role: shopRole(row.role) }))
}

/** Gives a person this role, whatever they had. */
export async function setMember(
  tx: Tx,
  { shopId, userId, role }: { shopId: Id; userId: Id; role: ShopRole },
): Promise<Member> {
  const row = await tx
    .insertInto('shop_member')
    .values({ shop_id: shopId, user_id: userId, role })
    .onConflict(conflict => conflict.columns(['shop_id', 'user_id']).doUpdateSet({ role }))
    .returning(memberColumns)
    .executeTakeFirstOrThrow()
  return { ...row, role }
}

export async function removeMember(
  tx: Tx,
  { shopId, userId }: { shopId: Id; userId: Id },
): Promise<void> {
  await tx
    .deleteFrom('shop_member')
    .where('shop_id', '=', shopId)
    .where('user_id', '=', userId)
    .execute()
}

/** Changes what is given; undefined when there is no such shop. A taken name is a unique violation. */
export async function changeShop(
  tx: Tx,
  shopId: Id,
  change: { name?: string; nameKey?: string; intro?: string; logoFileId?: Id },
): Promise<ShopRow | undefined> {
  return tx
    .updateTable('shop')
    .set(eb => ({
      name: change.name ?? eb.ref('name'),
      name_key: change.nameKey ?? eb.ref('name_key'),
      intro: change.intro ?? eb.ref('intro'),
      logo_file_id: change.logoFileId ?? eb.ref('logo_file_id'),
    }))
    .where('id', '=', shopId)
    .returning(columns)
    .executeTakeFirst()
}

export async function shopsByIds(db: Db, ids: readonly Id[]): Promise<ShopRow[]> {
  if (ids.length === 0) return []
  return db.selectFrom('shop').select(columns).where('id', 'in', ids).execute()
}

/** The shops a person works for, oldest membership first. */
export async function membershipsOf(db: Db, userId: Id): Promise<Membership[]> {
  const rows = await db
    .selectFrom('shop_member')
    .innerJoin('shop', 'shop.id', 'shop_member.shop_id')
    .select(['shop.id as shopId', 'shop.name', 'shop_member.role'])
    .where('shop_member.user_id', '=', userId)
    .orderBy('shop_member.created_at')
    .orderBy('shop.id')
    .limit(membershipsMax)
    .execute()
  return rows.map(row => ({ ...row, role: shopRole(row.role) }))
}

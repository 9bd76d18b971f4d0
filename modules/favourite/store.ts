import type { Db, Tx } from '@kaibo/db/database'
import { pageBy } from '@kaibo/db/page'
import type { Id } from '@kaibo/kernel/ids'
import type { Fen } from '@kaibo/kernel/money'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { sql } from 'kysely'

/** Changes of one person's favourites take turns until the transaction ends. */
export async function lockOwner(tx: Tx, userId: Id): Promise<void> {
  await tx
    .insertInto('favourite_owner')
    .values({ user_id: userId })
    .onConflict(conflict => conflict.doNothing())
    .execute()
  await tx
    .selectFrom('favourite_owner')
    .select('user_id')
    .where('user_id', '=', userId)
    .forUpdate()
    .execute()
}

export async function countOf(db: Db, userId: Id): Promise<number> {
  const { count } = await db
    .selectFrom('favourite_item')
    .select(sql<number>`count(*)`.as('count'))
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow()
  return count
}

type Item = { userId: Id; productId: Id }

export async function has(db: Db, { userId, productId }: Item): Promise<boolean> {
  const row = await db
    .selectFrom('favourite_item')
    .select('product_id')
    .where('user_id', '=', userId)
    .where('product_id', '=', productId)
    .executeTakeFirst()
  return row !== undefined
}

export async function add(tx: Tx, item: Item & { thenPriceFen: Fen }): Promise<void> {
  await tx
    .insertInto('favourite_item')
    .values({
      user_id: item.userId,
      product_id: item.productId,
      then_price_fen: item.thenPriceFen,
    })
    .execute()
}

export async function remove(tx: Tx, { userId, productId }: Item): Promise<void> {
  await tx
    .deleteFrom('favourite_item')
    .where('user_id', '=', userId)
    .where('product_id', '=', productId)
    .execute()
}

const newestFirst = [
  ['favoured_at', 'desc'],
  ['product_id', 'desc'],
] as const

export type FavouriteRow = { productId: Id; thenPriceFen: Fen; favouredAt: Date }

export const pageOf = (db: Db, userId: Id, page: PageQuery): Promise<Page<FavouriteRow>> =>
  pageBy(
    db
      .selectFrom('favourite_item')
      .select([
        'product_id as productId',
        sql<Fen>`then_price_fen`.as('thenPriceFen'),
        'favoured_at as favouredAt',
      ])
      .where('user_id', '=', userId),
    newestFirst,
    page,
  )

import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { sql } from 'kysely'

export type AddressRow = { id: Id; receiverSealed: string; isDefault: boolean }

const columns = ['id', 'receiver_sealed as receiverSealed', 'is_default as isDefault'] as const

/** A person's addresses: the default first, then the newest. */
export async function addressesOf(db: Db, userId: Id): Promise<AddressRow[]> {
  return db
    .selectFrom('account_address')
    .select(columns)
    .where('user_id', '=', userId)
    .orderBy('is_default', 'desc')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

export async function addressOf(
  db: Db,
  of: { userId: Id; addressId: Id },
): Promise<AddressRow | undefined> {
  return db
    .selectFrom('account_address')
    .select(columns)
    .where('id', '=', of.addressId)
    .where('user_id', '=', of.userId)
    .executeTakeFirst()
}

/** Addresses with their owners, by id; unknown ids are missing. */
export async function addressesByIds(
  db: Db,
  ids: readonly Id[],
): Promise<Map<Id, { userId: Id; receiverSealed: string }>> {
  const { rows } = await sql<{ id: Id; userId: Id; receiverSealed: string }>`
    select id, user_id as "userId", receiver_sealed as "receiverSealed"
    from account_address where id = any(${ids}::uuid[])`.execute(db)
  return new Map(rows.map(row => [row.id, row]))
}

/** Adds the address; false when its id is taken. */
export async function addAddress(
  tx: Tx,
  userId: Id,
  address: AddressRow & { createdAt: Date },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('account_address')
    .values({
      id: address.id,
      user_id: userId,
      receiver_sealed: address.receiverSealed,
      is_default: address.isDefault,
      created_at: address.createdAt,
    })
    .onConflict(conflict => conflict.column('id').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export async function changeAddress(tx: Tx, userId: Id, address: AddressRow): Promise<void> {
  await tx
    .updateTable('account_address')
    .set({ receiver_sealed: address.receiverSealed, is_default: address.isDefault })
    .where('id', '=', address.id)
    .where('user_id', '=', userId)
    .execute()
}

export async function removeAddress(tx: Tx, userId: Id, addressId: Id): Promise<void> {
  await tx
    .deleteFrom('account_address')
    .where('id', '=', addressId)
    .where('user_id', '=', userId)
    .execute()
}

/** Makes `addressId` the default, or none of them when it is null. */
export async function setDefault(tx: Tx, userId: Id, addressId: Id | null): Promise<void> {
  await tx
    .updateTable('account_address')
    .set({ is_default: false })
    .where('user_id', '=', userId)
    .where('is_default', '=', true)
    .execute()
  if (addressId === null) return
  await tx
    .updateTable('account_address')
    .set({ is_default: true })
    .where('id', '=', addressId)
    .where('user_id', '=', userId)
    .execute()
}

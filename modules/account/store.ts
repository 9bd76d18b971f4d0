import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'

export type UserRow = {
  id: Id
  phoneSealed: string
  nickname: string
  avatarFileId: Id | null
}

const userColumns = [
  'id',
  'phone_sealed as phoneSealed',
  'nickname',
  'avatar_file_id as avatarFileId',
] as const

/** Adds a person; nothing happens when the phone has one already. */
export async function addUser(
  tx: Tx,
  user: UserRow & { phoneIndex: string; createdAt: Date },
): Promise<void> {
  await tx
    .insertInto('account_user')
    .values({
      id: user.id,
      phone_sealed: user.phoneSealed,
      phone_index: user.phoneIndex,
      nickname: user.nickname,
      avatar_file_id: user.avatarFileId,
      created_at: user.createdAt,
    })
    .onConflict(conflict => conflict.column('phone_index').doNothing())
    .execute()
}

export async function userByPhoneIndex(db: Db, phoneIndex: string): Promise<UserRow | undefined> {
  return db
    .selectFrom('account_user')
    .select(userColumns)
    .where('phone_index', '=', phoneIndex)
    .executeTakeFirst()
}

/** People who are none, of every crowd there was. */
export async function syntheticIds(db: Db): Promise<Id[]> {
  const rows = await db
    .selectFrom('account_user')
    .select('id')
    .where('is_synthetic', '=', true)
    .execute()
  return rows.map(({ id }) => id)
}

export async function usersByIds(db: Db, ids: readonly Id[]): Promise<UserRow[]> {
  if (ids.length === 0) return []
  return db.selectFrom('account_user').select(userColumns).where('id', 'in', ids).execute()
}

export async function changeUser(
  tx: Tx,
  userId: Id,
  change: { nickname?: string; avatarFileId?: Id },
): Promise<void> {
  await tx
    .updateTable('account_user')
    .set(eb => ({
      nickname: change.nickname ?? eb.ref('nickname'),
      avatar_file_id: change.avatarFileId ?? eb.ref('avatar_file_id'),
    }))
    .where('id', '=', userId)
    .execute()
}

/** Changes of one person's rows take turns until the transaction ends. */
export async function lockUser(tx: Tx, userId: Id): Promise<void> {
  await tx
    .selectFrom('account_user')
    .select('id')
    .where('id', '=', userId)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

export async function grantOperator(tx: Tx, userId: Id): Promise<void> {
  await tx
    .insertInto('account_role')
    .values({ user_id: userId, role: 'operator' })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

export async function isOperator(db: Db, userId: Id): Promise<boolean> {
  const row = await db
    .selectFrom('account_role')
    .select('role')
    .where('user_id', '=', userId)
    .where('role', '=', 'operator')
    .executeTakeFirst()
  return row !== undefined
}

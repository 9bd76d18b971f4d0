import type { BanSubject, PatrolReason } from '@kaibo/contract/media/patrol-life'
import type { Db, Tx } from '@kaibo/db/database'
import { pageBy } from '@kaibo/db/page'
import { type Id, newId } from '@kaibo/kernel/ids'
import type { Page, PageQuery } from '@kaibo/kernel/page'
import { sql } from 'kysely'

export type BanRow = {
  id: Id
  verdictId: Id
  subject: BanSubject
  subjectId: Id
  reason: PatrolReason
  at: Date
  until: Date | null
  isActive: boolean
  liftedBy: Id | null
}

const isActive = sql<boolean>`(lifted_at is null and coalesce(until > now(), true))`

const columns = [
  'id',
  'verdict_id as verdictId',
  sql<BanSubject>`subject`.as('subject'),
  'subject_id as subjectId',
  sql<PatrolReason>`reason`.as('reason'),
  'at',
  'until',
  isActive.as('isActive'),
  'lifted_by as liftedBy',
] as const

const bans = (db: Db) => db.selectFrom('verdict_ban').select(columns)

export type NewBan = Pick<BanRow, 'verdictId' | 'subject' | 'subjectId' | 'reason'> & {
  /** Null = for good. */
  days: number | null
}

export async function insert(tx: Tx, ban: NewBan): Promise<void> {
  await tx
    .insertInto('verdict_ban')
    .values({
      id: newId(),
      verdict_id: ban.verdictId,
      subject: ban.subject,
      subject_id: ban.subjectId,
      reason: ban.reason,
      until: sql<Date | null>`now() + make_interval(days => ${ban.days})`,
    })
    .execute()
}

export const ofVerdicts = (db: Db, verdictIds: readonly Id[]): Promise<BanRow[]> =>
  bans(db)
    .where('verdict_id', '=', sql<Id>`any(${verdictIds}::uuid[])`)
    .orderBy('subject', 'desc')
    .execute()

/** The ban among those of these subjects that holds longest. */
export const longestOf = (db: Db, subjectIds: readonly Id[]): Promise<BanRow | undefined> =>
  bans(db)
    .where('subject_id', '=', sql<Id>`any(${subjectIds}::uuid[])`)
    .where(isActive)
    .orderBy('until', order => order.desc().nullsFirst())
    .limit(1)
    .executeTakeFirst()

export const page = (
  db: Db,
  { onlyActive, ...query }: { onlyActive: boolean } & PageQuery,
): Promise<Page<BanRow>> =>
  pageBy(
    bans(db).$if(onlyActive, all => all.where(isActive)),
    [
      ['at', 'desc'],
      ['id', 'desc'],
    ],
    query,
  )

/** Takes a ban back; one that does not hold any more stays as it is. Undefined when there is none. */
export async function lift(
  tx: Tx,
  { id, byId }: { id: Id; byId: Id },
): Promise<BanRow | undefined> {
  await tx
    .updateTable('verdict_ban')
    .set({ lifted_at: sql<Date>`now()`, lifted_by: byId })
    .where('id', '=', id)
    .where(isActive)
    .execute()
  return bans(tx).where('id', '=', id).executeTakeFirst()
}

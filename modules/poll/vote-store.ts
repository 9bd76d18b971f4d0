import type { PollState } from '@kaibo/contract/show/poll'
import type { Db, Tx } from '@kaibo/db/database'
import type { Id } from '@kaibo/kernel/ids'
import { sql } from 'kysely'

export type Ballot = { pollId: Id; userId: Id; option: number; ageMs: number }

/** A poll that takes no other vote until the transaction ends. */
export type Box = { id: Id; liveId: Id; state: PollState; optionCount: number }

/** Locks the polls of some votes, in id order. */
export async function lockBoxes(tx: Tx, pollIds: readonly Id[]): Promise<Map<Id, Box>> {
  const { rows } = await sql<Box>`
    select id, live_id as "liveId", state, cardinality(options) as "optionCount"
    from poll where id = any(${pollIds}::uuid[]) order by id for no key update`.execute(tx)
  return new Map(rows.map(row => [row.id, row]))
}

/** Writes votes that were received before the bell, one per person, and adds them to the tallies. */
export async function insertVotes(
  tx: Tx,
  { ballots, now }: { ballots: readonly Ballot[]; now: Date },
): Promise<void> {
  const column = <K extends keyof Ballot>(key: K) => ballots.map(ballot => ballot[key])
  await sql`
    with given as (
      select poll_id, user_id, option,
        ${now}::timestamptz - age_ms * interval '1 ms' as received_at
      from unnest(${column('pollId')}::uuid[], ${column('userId')}::uuid[],
        ${column('option')}::smallint[], ${column('ageMs')}::float8[])
        as ballot (poll_id, user_id, option, age_ms)
    ), written as (
      insert into poll_vote (poll_id, user_id, option, voted_at)
      select poll_id, user_id, option, greatest(received_at, opened_at)
      from given join poll on poll.id = poll_id
      where state = 'open' and received_at < closes_at
      order by received_at
      on conflict do nothing returning poll_id, option
    )
    insert into poll_tally as tally (poll_id, option, vote_count)
    select poll_id, option, count(*) from written group by poll_id, option
    on conflict (poll_id, option) do update
      set vote_count = tally.vote_count + excluded.vote_count`.execute(tx)
}

export type VoteRow = { pollId: Id; userId: Id; option: number; elapsedMs: number }

const elapsedMs = sql`(extract(epoch from voted_at - opened_at) * 1000)::int`

/** Votes of these people in these polls. */
export async function votesOf(
  db: Db,
  { pollIds, userIds }: { pollIds: readonly Id[]; userIds: readonly Id[] },
): Promise<VoteRow[]> {
  const { rows } = await sql<VoteRow>`
    select poll_id as "pollId", user_id as "userId", option, ${elapsedMs} as "elapsedMs"
    from poll_vote join poll on poll.id = poll_id
    where poll_id = any(${pollIds}::uuid[]) and user_id = any(${userIds}::uuid[])`.execute(db)
  return rows
}

export type OwnVote = Omit<VoteRow, 'userId'> & { isRight: boolean | null; rank: number | null }

/** How a person voted in a room; who was right, and how fast, once a quiz is closed. */
export async function votesIn(
  db: Db,
  { liveId, userId, limit }: { liveId: Id; userId: Id; limit: number },
): Promise<OwnVote[]> {
  const { rows } = await sql<OwnVote>`
    select poll_id as "pollId", option, ${elapsedMs} as "elapsedMs",
      case when state = 'closed' then option = right_option end as "isRight",
      case when state = 'closed' and option = right_option then 1 + (
        select count(*) from poll_vote faster
        where faster.poll_id = vote.poll_id and faster.option = vote.option
          and (faster.voted_at, faster.user_id) < (vote.voted_at, vote.user_id))::int
      end as rank
    from poll join poll_vote vote on vote.poll_id = poll.id
    where live_id = ${liveId} and user_id = ${userId}
    order by voted_at desc limit ${limit}`.execute(db)
  return rows
}

/** The right answers of a quiz, fastest first. */
export async function fastest(
  db: Db,
  { pollId, limit }: { pollId: Id; limit: number },
): Promise<{ userId: Id; elapsedMs: number }[]> {
  const { rows } = await sql<{ userId: Id; elapsedMs: number }>`
    select user_id as "userId", ${elapsedMs} as "elapsedMs"
    from poll join poll_vote vote on vote.poll_id = poll.id
    where poll.id = ${pollId} and option = right_option
    order by voted_at, user_id limit ${limit}`.execute(db)
  return rows
}

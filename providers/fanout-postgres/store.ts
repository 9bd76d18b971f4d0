import type { OrderedEntry, Position } from '@kaibo/realtime/bus'
import { catchUpMax, type FanoutStore, type Missed } from '@kaibo/realtime/fanout/store'

/** The part of the database that the bus needs. */
export type Query = <Row extends object>(
  name: string,
  text: string,
  values: readonly unknown[],
) => Promise<Row[]>

/** The channel that every process listens to. */
export const channel = 'kaibo_fanout'

/**
 * Numbers items and tells everybody, in one statement. The rows of the topics are locked in order of
 * name, so that two processes cannot wait for each other; the lock is held until commit, so the
 * numbers of a topic become visible in order. A topic without a row has no follower anywhere.
 */
const publishText = `
with input as (
  select topic, json, ord from unnest($1::text[], $2::text[]) with ordinality as t(topic, json, ord)
), locked as (
  select topic from fanout_topic where topic in (select topic from input) order by topic for update
), numbered as (
  update fanout_topic t set oseq = t.oseq + counted.n
  from locked join (select topic, count(*) as n from input group by topic) counted using (topic)
  where t.topic = locked.topic
  returning t.topic, t.epoch, t.oseq - counted.n as base
), item as (
  insert into fanout_item (topic, epoch, oseq, json)
  select i.topic, n.epoch, n.base + row_number() over (partition by i.topic order by i.ord), i.json
  from input i join numbered n using (topic)
  returning topic, epoch, oseq, json, at
)
select pg_notify($3, concat_ws(e'\\n', 'o', topic, epoch, oseq, floor(extract(epoch from at) * 1000),
  case when octet_length(json) <= 7000 then json else '' end))
from (select * from item order by topic, oseq) as sorted`

const openText = `
insert into fanout_topic (topic, epoch) values ($1, $2)
on conflict (topic) do update set followed_at = now()
returning epoch, oseq::float8 as oseq`

const entryColumns = `oseq::float8 as oseq, json, (extract(epoch from at) * 1000)::float8 as "atMs"`

const recentText = `
select ${entryColumns} from fanout_item
where topic = $1 and epoch = $2 and oseq <= $3 and oseq > $3 - ${catchUpMax}
order by oseq`

/** For every topic that is asked about: where it stands, and what came after the known position. */
const missedText = `
select known.topic, t.epoch, t.oseq::float8 as current,
  i.oseq::float8 as oseq, i.json, (extract(epoch from i.at) * 1000)::float8 as "atMs"
from unnest($1::text[], $2::text[], $3::bigint[]) as known(topic, epoch, oseq)
join fanout_topic t on t.topic = known.topic
left join fanout_item i on i.topic = t.topic and i.epoch = t.epoch and t.epoch = known.epoch
  and i.oseq > known.oseq and t.oseq - known.oseq <= ${catchUpMax}
order by known.topic, i.oseq`

const positionText = `select epoch, oseq::float8 as oseq from fanout_topic where topic = $1`

const tellText = `select pg_notify($1, payload) from unnest($2::text[]) as t(payload)`

const touchText = `update fanout_topic set followed_at = now() where topic = any($1::text[])`

const sweepItemsText = `delete from fanout_item where at < now() - interval '10 minutes'`

const sweepTopicsText = `
delete from fanout_topic where followed_at < now() - interval '15 minutes'`

type MissedRow = { topic: string; epoch: string; current: number } & ({ oseq: null } | OrderedEntry)

/** The numbers of the topics in two tables. */
export const createPostgresStore = (query: Query): FanoutStore => ({
  publish: items =>
    query('fanout_publish', publishText, [
      items.map(({ topic }) => topic),
      items.map(({ json }) => json),
      channel,
    ]),
  async open(topic, newEpoch) {
    const [position] = await query<Position>('fanout_open', openText, [topic, newEpoch])
    if (!position) throw new Error(`topic ${topic} could not be opened`)
    return position
  },
  recent: (topic, { epoch, oseq }) =>
    query<OrderedEntry>('fanout_recent', recentText, [topic, epoch, oseq]),
  async missed(known) {
    const rows = await query<MissedRow>('fanout_missed', missedText, [
      known.map(({ topic }) => topic),
      known.map(({ epoch }) => epoch),
      known.map(({ oseq }) => oseq),
    ])
    return [...Map.groupBy(rows, ({ topic }) => topic).values()].flatMap(missedOf)
  },
  position: async topic => (await query<Position>('fanout_position', positionText, [topic]))[0],
  tell: payloads => query('fanout_tell', tellText, [channel, payloads]),
  async keep(topics) {
    await query('fanout_touch', touchText, [topics])
    await query('fanout_sweep_items', sweepItemsText, [])
    await query('fanout_sweep_topics', sweepTopicsText, [])
  },
})

function missedOf(rows: readonly MissedRow[]): Missed[] {
  const entries = rows.flatMap(row => (row.oseq === null ? [] : [row]))
  return rows
    .slice(0, 1)
    .map(({ topic, epoch, current: oseq }) => ({ topic, epoch, oseq, entries }))
}

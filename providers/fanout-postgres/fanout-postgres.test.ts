import type { Database } from '@kaibo/db/database'
import { testDatabase } from '@kaibo/testkit/database'
import { sharedFanoutSuite } from '@kaibo/testkit/fanout/shared-suite'
import { afterEach } from 'vitest'
import { createPostgresFanout } from './index.ts'

const { database, connect } = await testDatabase()
const log = { warn: () => undefined }

const buses: { stop(): Promise<void> }[] = []
/** One pool per process, as far as PostgreSQL can tell. */
const pools: readonly Database[] = [database, connect()]

afterEach(async () => {
  for (const bus of buses.splice(0)) await bus.stop()
  await emptyTables()
})

const emptyTables = async () => {
  await database.query('', 'truncate fanout_topic, fanout_item', [])
}
const listeners = `from pg_stat_activity
  where datname = current_database() and query like 'listen %kaibo_fanout%'`

const listenerCount = async () => {
  const [row] = await database.query<{ n: number }>(
    '',
    `select count(*)::int as n ${listeners}`,
    [],
  )
  return row?.n ?? 0
}

sharedFanoutSuite({
  async join() {
    const before = await listenerCount()
    const bus = createPostgresFanout({ database: pools[buses.length % 2] ?? database, log })
    buses.push(bus)
    for (let tries = 0; tries < 100 && (await listenerCount()) <= before; tries++) {
      await new Promise(resolve => setTimeout(resolve, 20))
    }
    return bus
  },
  async cutOff() {
    await database.query('', `select pg_terminate_backend(pid) ${listeners}`, [])
  },
  forget: emptyTables,
})

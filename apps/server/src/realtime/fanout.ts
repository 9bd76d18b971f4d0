import type { CheckReport } from '@kaibo/contract/trade/ledger'
import type { Database } from '@kaibo/db/database'
import { reasonOf } from '@kaibo/db/log'
import type { Clock } from '@kaibo/kernel/clock'
import { createMemoryFanout } from '@kaibo/providers/fanout-memory'
import { createPostgresFanout } from '@kaibo/providers/fanout-postgres'
import { createRedisFanout, type RedisFanout } from '@kaibo/providers/fanout-redis'
import type { FanoutBus } from '@kaibo/realtime/bus'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'

export type FanoutNeeds = {
  config: Pick<Config, 'KAIBO_FANOUT' | 'KAIBO_REDIS_URL' | 'KAIBO_ROLES'>
  database: Database
  clock: Clock
  log: Logger
}

/** The bus that joins the sockets; `stop` it before the database closes. */
export type Fanout = FanoutBus & {
  /** What is wrong with what it stands on, besides the database. */
  check(): Promise<CheckReport>
  stop(): Promise<void>
}

export function createFanout(needs: FanoutNeeds): Fanout {
  const { config, log } = needs
  if (config.KAIBO_FANOUT === 'redis') {
    const bus = createRedisFanout({ url: config.KAIBO_REDIS_URL, log })
    return { ...bus, check: () => checkRedis(bus) }
  }
  const bus = isShared(config)
    ? createPostgresFanout(needs)
    : { ...createMemoryFanout(needs), stop: async () => {} }
  return { ...bus, check: async () => ({ ok: true, checks: [], findings: [] }) }
}

/** A process that does everything itself needs nobody else to hear it. */
function isShared({ KAIBO_FANOUT: wanted, KAIBO_ROLES: roles }: FanoutNeeds['config']): boolean {
  const isWhole = (['api', 'realtime', 'worker'] as const).every(role => roles.includes(role))
  return wanted === 'auto' ? !isWhole : wanted === 'postgres'
}

async function checkRedis({ facts }: Pick<RedisFanout, 'facts'>): Promise<CheckReport> {
  const check = 'the fan-out over Redis works'
  const wrong = (expected: string, found: string): CheckReport => ({
    ok: false,
    checks: [{ name: check, rows: 1 }],
    findings: [{ check, subject: 'KAIBO_REDIS_URL', expected, found }],
  })
  try {
    const { version, evictionPolicy } = await facts()
    if (evictionPolicy !== 'noeviction') return wrong('maxmemory-policy noeviction', evictionPolicy)
    return { ok: true, checks: [{ name: `${check} (${version})`, rows: 1 }], findings: [] }
  } catch (error) {
    return wrong('an answer', reasonOf(error))
  }
}

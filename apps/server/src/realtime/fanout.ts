import type { Database } from '@kaibo/db/database'
import type { Clock } from '@kaibo/kernel/clock'
import { createMemoryFanout } from '@kaibo/providers/fanout-memory'
import { createPostgresFanout } from '@kaibo/providers/fanout-postgres'
import type { FanoutBus } from '@kaibo/realtime/bus'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'

export type FanoutNeeds = {
  config: Pick<Config, 'KAIBO_FANOUT' | 'KAIBO_ROLES'>
  database: Database
  clock: Clock
  log: Logger
}

/** The bus that joins the sockets; `stop` it before the database closes. */
export function createFanout(needs: FanoutNeeds): FanoutBus & { stop(): Promise<void> } {
  if (isShared(needs.config)) return createPostgresFanout(needs)
  return { ...createMemoryFanout(needs), stop: async () => {} }
}

/** A process that does everything itself needs nobody else to hear it. */
function isShared({ KAIBO_FANOUT: wanted, KAIBO_ROLES: roles }: FanoutNeeds['config']): boolean {
  const isWhole = (['api', 'realtime', 'worker'] as const).every(role => roles.includes(role))
  return wanted === 'auto' ? !isWhole : wanted === 'postgres'
}

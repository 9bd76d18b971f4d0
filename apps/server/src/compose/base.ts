import { createPersonalData } from '@kaibo/db/crypto'
import type { Database } from '@kaibo/db/database'
import { createJobs } from '@kaibo/db/jobs'
import type { Clock } from '@kaibo/kernel/clock'
import { createTickets } from '@kaibo/realtime/ticket'
import type { Logger } from 'pino'
import { type Config, demoAllowed } from '../config.ts'
import { createFanout } from '../realtime/fanout.ts'
import { deriveKey as deriveKeyFrom, mediaSecretOf, type Secrets } from '../secrets.ts'

export type ComposeNeeds = {
  config: Config
  database: Database
  databaseUrl: string
  secrets: Secrets
  clock: Clock
  log: Logger
  /** Whether this process opens its port: commands reach embedded providers without it. */
  isServing: boolean
}

export type Base = ReturnType<typeof composeBase>

/** What every layer stands on: the needs of the process, its keys and its queues. */
export function composeBase(needs: ComposeNeeds) {
  const { config, database, databaseUrl, secrets, clock, log } = needs
  const deriveKey = (purpose: string) => deriveKeyFrom(secrets, purpose)
  return {
    ...needs,
    isDemo: demoAllowed(config),
    deriveKey,
    mediaSecret: mediaSecretOf(secrets),
    jobs: createJobs({ url: databaseUrl, log }),
    personal: createPersonalData({
      current: 'k1',
      keys: { k1: deriveKey('personal-data') },
      indexKey: deriveKey('blind-index'),
    }),
    tickets: createTickets({ secret: deriveKey('ticket'), clock }),
    fanout: createFanout({ config, database, clock, log }),
  }
}

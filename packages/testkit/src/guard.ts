import type { Database } from '@kaibo/db/database'
import { silentLog } from '@kaibo/db/log'
import { createOutbox, type Outbox } from '@kaibo/db/outbox'
import { systemClock } from '@kaibo/kernel/clock'
import { type Audit, createAudit } from '@kaibo/modules/audit'
import type { ChatNeeds } from '@kaibo/modules/chat'
import { createPatrol, type ImageReviewer, type Patrol } from '@kaibo/modules/patrol'
import { createVerdicts, type Verdicts } from '@kaibo/modules/verdict'
import type { Market } from './commerce.ts'
import { createStage, type Stage } from './stage.ts'

export type Guard = {
  stage: Stage
  patrol: Patrol
  verdict: Verdicts
  audit: Audit
  outbox: Outbox
  /** Delivers every event that waits. */
  settle(): Promise<void>
}

type GuardOptions = {
  reviewer?: ImageReviewer
  wordlist?: ChatNeeds['wordlist']
  provider?: Stage['provider']
}

/** Rooms with those who watch over them: called again with another pool, they are another process. */
export function createGuard(
  database: Database,
  market: Market,
  { reviewer, ...options }: GuardOptions = {},
): Guard {
  const stage = createStage(database, market, {
    ...options,
    banOf: (db, who) => verdict.banOf(db, who),
  })
  const audit = createAudit({ database, clock: systemClock })
  const { live, chat, showcase, provider } = stage
  const { account, shop } = market
  const verdict: Verdicts = createVerdicts({
    ...{ database, live, chat, showcase, account, shop, audit },
    sceneOf: (db, of) => patrol.sceneOf(db, of),
    evidenceDays: 1_095,
  })
  const noWords: ChatNeeds['wordlist'] = {
    check: ({ text }) => ({ verdict: 'pass', masked: text, hits: [] }),
  }
  const { wordlist = noWords } = options
  const patrol = createPatrol({
    ...{ database, provider, live, verdict, wordlist, account },
    log: silentLog,
    reviewer: reviewer ?? null,
  })
  const subscribers = [...showcase.subscribers, ...chat.subscribers, ...patrol.subscribers]
  const outbox = createOutbox({ database, subscribers })
  return {
    ...{ stage, patrol, verdict, audit, outbox },
    async settle() {
      for (let round = 0; round < 100; round++)
        if ((await outbox.drain({ limit: 100 })) === 0) return
    },
  }
}

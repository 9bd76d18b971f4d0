import { purgeIdempotency } from '@kaibo/db/idempotency'
import { hourMs, secondMs } from '@kaibo/kernel/clock'
import type { Booted } from './boot.ts'

const keepEventsDays = 7

/** Runs what modules declared: outbox, jobs, upkeep. Returns how to stop the outbox; jobs end with the rest. */
export function startWork({ kaibo, database, log }: Booted): () => Promise<void> {
  const { jobs, outbox, order, live, pay, account, sandbox, flashsale, points } = kaibo
  order.work(jobs)
  kaibo.schedule.work(jobs)
  kaibo.virtual.work(jobs)
  kaibo.search.work(jobs)
  kaibo.productsheet.work(jobs)
  kaibo.qualification.work(jobs)
  pay.work(jobs)
  live.work(jobs)
  kaibo.recording.work(jobs)
  kaibo.clip.work(jobs)
  kaibo.patrol.work(jobs)
  kaibo.verdict.work(jobs)
  flashsale.work(jobs)
  kaibo.poll.work(jobs)
  kaibo.insight.work(jobs)
  points.work(jobs)
  if (sandbox) {
    jobs.every('sandbox.notify', 1, async () => {
      await sandbox.notify()
    })
  }
  jobs.every('upkeep.purge', hourMs / secondMs, async () => {
    await account.purge(new Date())
    await purgeIdempotency(database)
    await outbox.purge({ keepDays: keepEventsDays })
  })
  outbox.start()
  jobs.start().catch((error: unknown) => log.error({ err: error }, 'the job queue did not start'))
  return () => {
    kaibo.clip.stop()
    return outbox.stop()
  }
}

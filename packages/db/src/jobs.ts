import { fromKysely, PgBoss } from 'pg-boss'
import type { Tx } from './database.ts'
import { type Log, reasonOf, silentLog } from './log.ts'

/** Work to be done later or elsewhere, at least once; its handler must bear repetition. */
export type Job<D extends object = object> = JobLimits & {
  readonly name: string
  /** Never set: carries the data's type. */
  readonly data?: D
}

export type JobLimits = {
  /** Attempts after the first one fails. Default 5. */
  readonly retryLimit?: number
  /** Delay before the first repeat; doubles each time, with jitter. Default 5 s. */
  readonly retryDelaySec?: number
  /** An attempt that runs longer counts as failed. Default 60 s. */
  readonly expireSec?: number
  /** At most one waiting job per `key` of {@link Jobs.enqueue}. */
  readonly onePerKey?: boolean
}

/** Declares a job: `job<{ orderId: Id }>('order.close', { retryLimit: 8 })`. */
export const job = <D extends object>(name: string, limits: JobLimits = {}): Job<D> => ({
  name,
  ...limits,
})

export type EnqueueOptions = {
  /** Not before. Default now. */
  startAt?: Date
  /** Needed by jobs with `onePerKey`; while one with this key waits, another is dropped. */
  key?: string
}

export type Worker<D extends object> = {
  handler(data: D, run: { jobId: string; signal: AbortSignal }): Promise<void>
  /** Jobs of this kind at a time in this process. Default 1. */
  concurrency?: number
  /** How often to look for due jobs, ≥ 0.5. Default 2 s. */
  pollSec?: number
}

export type Jobs = {
  /** Adds a job that exists exactly if `tx` commits. */
  enqueue<D extends object>(
    tx: Tx,
    job: Job<D>,
    request: NoInfer<{ data: D } & EnqueueOptions>,
  ): Promise<void>
  /** Declares who does a job. Before {@link Jobs.start}. */
  work<D extends object>(job: Job<D>, worker: Worker<D>): void
  /**
   * Repeats a task: a cron expression (Asia/Shanghai, minutes) runs it once in the whole installation; a number
   * of seconds runs it in every worker process, so it must bear company (`skip locked`).
   */
  every(name: string, rhythm: string | number, task: () => Promise<void>): void
  /** Begins to work. Callers need not wait for it to serve requests. */
  start(): Promise<void>
  /** Takes no new job and waits for the running ones, at most `waitMs`. */
  stop(options?: { waitMs?: number }): Promise<void>
}

const retryLimitDefault = 5
const retryDelaySecDefault = 5
const expireSecDefault = 60
const pollSecDefault = 2
const connectionsMax = 3
const stopWaitMsDefault = 10_000
const keepDoneSec = 24 * 60 * 60

/** Jobs on pg-boss (schema `pgboss`), with a small pool of their own. Nothing is contacted before use. */
export function createJobs({ url, log = silentLog }: { url: string; log?: Log }): Jobs {
  const boss = new PgBoss({
    connectionString: url,
    max: connectionsMax,
    application_name: 'kaibo-jobs',
  })
  boss.on('error', error => log.error({ reason: reasonOf(error) }, 'job queue'))
  boss.on('warning', warning => log.warn({ reason: warning.message }, 'job queue'))
  let opened: Promise<unknown> | undefined
  const open = () => {
    opened ??= boss.start().catch(error => {
      opened = undefined
      throw error
    })
    return opened
  }
  const queues = new Map<string, Promise<void>>()
  const queueOf = async (item: Job) => {
    await open()
    let queue = queues.get(item.name)
    if (!queue) {
      queue = createQueue(boss, item)
      queue.catch(() => queues.delete(item.name))
      queues.set(item.name, queue)
    }
    await queue
  }
  const starters: (() => Promise<void>)[] = []
  const tickers: Ticker[] = []

  const work = <D extends object>(item: Job<D>, worker: Worker<D>) => {
    starters.push(async () => {
      await queueOf(item)
      await boss.work<D>(
        item.name,
        {
          batchSize: 1,
          localConcurrency: worker.concurrency ?? 1,
          pollingIntervalSeconds: worker.pollSec ?? pollSecDefault,
        },
        async ([one]) => {
          if (!one) return
          await worker.handler(one.data, { jobId: one.id, signal: one.signal }).catch(error => {
            log.warn({ job: item.name, jobId: one.id, reason: reasonOf(error) }, 'job failed')
            throw error
          })
        },
      )
    })
  }

  let starting: Promise<void> | undefined
  let isStopping = false
  const begin = async () => {
    await open()
    for (const startOne of starters) if (!isStopping) await startOne()
    for (const ticker of tickers) if (!isStopping) ticker.start()
  }

  return {
    work,
    enqueue: async (tx, item, { data, startAt, key }) => {
      await queueOf(item)
      await boss.send(item.name, data, {
        db: fromKysely(tx),
        ...(startAt && { startAfter: startAt }),
        ...(key !== undefined && { singletonKey: key }),
      })
    },
    every: (name, rhythm, task) => {
      if (typeof rhythm === 'number') {
        tickers.push(createTicker({ name, everyMs: rhythm * 1_000, task, log }))
        return
      }
      const scheduled = job(name, { retryLimit: 0, onePerKey: true })
      work(scheduled, { handler: task })
      starters.push(() => boss.schedule(name, rhythm, null, { tz: 'Asia/Shanghai' }))
    },
    start: () => {
      starting = begin()
      return starting
    },
    stop: async ({ waitMs = stopWaitMsDefault } = {}) => {
      isStopping = true
      await starting?.catch(() => {})
      await Promise.all(tickers.map(ticker => ticker.stop()))
      await opened?.catch(() => {})
      await boss.stop({ graceful: true, timeout: waitMs })
    },
  }
}

async function createQueue(boss: PgBoss, item: Job): Promise<void> {
  const limits = {
    retryLimit: item.retryLimit ?? retryLimitDefault,
    retryDelay: item.retryDelaySec ?? retryDelaySecDefault,
    retryBackoff: true,
    expireInSeconds: item.expireSec ?? expireSecDefault,
    deleteAfterSeconds: keepDoneSec,
  }
  await boss.createQueue(item.name, { policy: item.onePerKey ? 'short' : 'standard', ...limits })
  await boss.updateQueue(item.name, limits)
}

type Ticker = { start(): void; stop(): Promise<void> }

/** Calls `task` again and again, never twice at a time. */
function createTicker(needs: {
  name: string
  everyMs: number
  task: () => Promise<void>
  log: Log
}): Ticker {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  const tick = () => {
    running ??= needs
      .task()
      .catch(error => needs.log.error({ task: needs.name, reason: reasonOf(error) }, 'task failed'))
      .finally(() => {
        running = undefined
      })
  }
  return {
    start: () => {
      timer ??= setInterval(tick, needs.everyMs)
    },
    stop: async () => {
      clearInterval(timer)
      await running
    },
  }
}

import { sql } from 'kysely'
import { notifyAfterCommit, type Tx } from './database.ts'

/** A fact that modules tell each other; declared in the contract by `event(name, schema)`. */
export type DomainEvent<N extends string = string, P = unknown> = {
  readonly name: N
  /** Carries the payload's type only. */
  readonly payload?: P
}

export const outboxChannel = 'kaibo_outbox'

/** Tells the rest of the system, exactly if `tx` commits. Delivered at least once to each subscriber. */
export async function publish<P>(
  tx: Tx,
  event: DomainEvent<string, P>,
  payload: NoInfer<P>,
): Promise<void> {
  await sql`insert into outbox_event (name, payload)
            values (${event.name}, ${JSON.stringify(payload)})`.execute(tx)
  notifyAfterCommit(tx, outboxChannel)
}

/**
 * Runs `fn` the first time that `key` is seen and never again; undefined when it ran before.
 * The key is kept by the same transaction, so a crash either keeps both or none. A concurrent call
 * with the same key waits for this one to commit.
 */
export async function once<R>(tx: Tx, key: string, fn: () => Promise<R>): Promise<R | undefined> {
  const { rows } = await sql`insert into once_key (key) values (${key})
                             on conflict do nothing returning key`.execute(tx)
  return rows.length > 0 ? fn() : undefined
}

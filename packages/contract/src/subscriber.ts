import { Value } from 'typebox/value'
import type { DomainEvent } from './endpoint.ts'

/** What a module does about an event of another one; `consumer` is stable and unique. */
type Subscription<T> = {
  readonly event: string
  readonly consumer: string
  handle(tx: T, payload: unknown, eventId: string): Promise<void>
}

/**
 * Subscribes to an event of the contract: the stored payload is checked against its schema first, so
 * that the handler gets what its type says. `handle` runs in a transaction, at least once.
 */
export const subscriber = <P, T>(
  event: DomainEvent<string, P>,
  consumer: string,
  handle: (tx: T, payload: P, eventId: string) => Promise<void>,
): Subscription<T> => ({
  event: event.name,
  consumer,
  handle: (tx, payload, eventId) => {
    Value.Assert(event.schema, payload)
    return handle(tx, payload as P, eventId)
  },
})

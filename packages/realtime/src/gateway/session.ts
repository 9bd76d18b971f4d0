import type { Clock } from '@kaibo/kernel/clock'
import type { Position } from '../bus.ts'
import { type Connection, closeCodes } from '../connection.ts'
import type { Log } from '../hub/log.ts'
import type { Hub } from '../hub.ts'
import type { Hearing, Identity } from '../identity.ts'
import { type Command, parseCommand } from '../protocol.ts'
import { type TokenBucket, takeTokens } from '../token-bucket.ts'
import type { GatewayLimits, GatewayStats } from './limits.ts'

export type SessionNeeds = {
  hub: Pick<Hub, 'addCount'>
  clock: Clock
  authorizeTopic(identity: Identity, topic: string): Hearing | Promise<Hearing>
  mayCount(identity: Identity, topic: string, key: string): boolean
  limits: GatewayLimits
  stats: GatewayStats
  log: Log
}

type Count = Extract<Command, { t: 'count' }>

/** Messages of taps that wait with their subscription: some seconds of a page that sends two a second. */
const earlyMax = 16

/** One client at the gateway: reads its commands, within limits. */
export class Session {
  /** Pings sent since the client was last heard. */
  missedPings = 0
  /** Where the heartbeat keeps it. */
  heartbeatSlot = 0
  readonly #connection: Connection
  readonly #needs: SessionNeeds
  readonly #onEnd: () => void
  readonly #frames: TokenBucket
  /**
   * Subscriptions waiting for permission, each with the taps that came right behind it: they count if it is
   * granted. The list is also the attempt that is waited for. Made when it is needed.
   */
  #asking: Map<string, Count[]> | undefined
  #malformedCount = 0

  constructor(connection: Connection, needs: SessionNeeds, onEnd: () => void) {
    this.#connection = connection
    this.#needs = needs
    this.#onEnd = onEnd
    this.#frames = { tokens: needs.limits.framesBurstMax, atMs: needs.clock.now().getTime() }
  }

  /** A message arrived; `undefined` stands for a binary one, which nobody sends. */
  handleMessage(text: string | undefined): void {
    if (!this.#connection.isOpen) return
    const { limits, stats } = this.#needs
    if (!this.#takeFrame()) return
    const command = text === undefined ? undefined : parseCommand(text)
    if (command) {
      stats.commandCount++
      this.#obey(command)
      return
    }
    stats.malformedCount++
    this.#malformedCount++
    if (this.#malformedCount > limits.malformedMax) this.close(closeCodes.policy, 'malformed')
    else this.control(['@', 'error', 'command.malformed'])
  }

  #obey(command: Command): void {
    switch (command.t) {
      case 'sub':
        void this.#subscribe(command.topic, command.resume)
        break
      case 'unsub':
        this.#asking?.delete(command.topic)
        this.#connection.unsubscribe(command.topic)
        break
      case 'count':
        this.#count(command)
        break
      case 'ping':
        this.control(['@', 'pong'])
        break
    }
  }

  async #subscribe(topic: string, resume: Position | undefined): Promise<void> {
    this.#asking ??= new Map()
    const asking = this.#asking
    if (asking.size >= this.#needs.limits.askingMax) {
      this.control(['@', 'error', 'topic.too_many', topic])
      return
    }
    const attempt = [...(asking.get(topic) ?? [])]
    asking.set(topic, attempt)
    const { evictionCount } = this.#connection
    const hearing = await this.#hearing(topic)
    if (asking.get(topic) !== attempt) return
    // Put out meanwhile: the answer may be older than that.
    if (evictionCount !== this.#connection.evictionCount) return this.#subscribe(topic, resume)
    asking.delete(topic)
    if (asking.size === 0) this.#asking = undefined
    if (!hearing) return this.control(['@', 'error', 'topic.forbidden', topic])
    this.#connection.subscribe(topic, resume, hearing !== 'uncounted')
    for (const early of attempt) this.#count(early)
  }

  async #hearing(topic: string): Promise<Hearing> {
    try {
      return await this.#needs.authorizeTopic(this.#connection.identity, topic)
    } catch (error) {
      this.#needs.log.warn({ topic, error }, 'topic permission could not be checked')
      return false
    }
  }

  #count(command: Count): void {
    const { topic, key, n } = command
    const early = this.#asking?.get(topic)
    if (early && early.length < earlyMax) early.push(command)
    if (early) return
    const { identity } = this.#connection
    // Taps for a topic that one does not hear are noise of an old page, not worth an answer.
    if (!this.#connection.isSubscribed(topic) || !this.#needs.mayCount(identity, topic, key)) return
    this.#needs.hub.addCount({ topic, key, identityId: identity.id }, n)
  }

  /** A ping or a pong arrived: a sign of life, and a frame like any other. */
  handleBeat(): void {
    if (this.#connection.isOpen) this.#takeFrame()
  }

  #takeFrame(): boolean {
    this.missedPings = 0
    const { limits, clock } = this.#needs
    const rate = { ratePerSec: limits.framesPerSecMax, burst: limits.framesBurstMax }
    const isWithin = takeTokens(this.#frames, 1, { ...rate, nowMs: clock.now().getTime() }) === 1
    if (!isWithin) this.close(closeCodes.policy, 'too many messages')
    return isWithin
  }

  handleDrain(): void {
    this.#connection.handleDrain()
  }

  /** The socket is gone. */
  handleClose(): void {
    this.#asking?.clear()
    this.#connection.detach()
    this.#onEnd()
  }

  ping(): void {
    this.missedPings++
    this.#connection.ping()
  }

  control(message: readonly [string, ...(string | number)[]]): void {
    this.#connection.control(message)
  }

  close(code: number, reason: string): void {
    this.#connection.close(code, reason)
  }
}

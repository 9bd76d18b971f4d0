import type { PublishTicket } from '@kaibo/contract/show/live'
import {
  type Cast,
  type CastEvent,
  connectMsMax,
  isOnAir,
  isUnderWay,
  retryInMs,
  step,
  type Way,
  type Ways,
} from '../model.ts'
import type { Measured } from './numbers.ts'
import { ConnectError, type Connection, type Media, type Transports } from './transport.ts'

export type PublisherNeeds = {
  /** A ticket is good for one connection: every try asks anew. */
  askTicket: () => Promise<PublishTicket>
  transports: Transports
  /** What is sent now. */
  media: () => Media
  /** Whether a refusal of the server is for good, and the sentence that says so; null = try again. */
  refusalOf: (error: unknown) => string | null
  /** In [0, 1). */
  roll: () => number
}

export type Publisher = {
  cast: () => Cast
  subscribe: (listener: () => void) => () => void
  start: () => void
  /** Other tracks may be to be sent; a connection that cannot change them is made anew. */
  mediaChanged: () => Promise<void>
  setAway: (isAway: boolean) => void
  /** Does not wait for the next try. */
  retryNow: () => void
  measure: () => Promise<Measured | null>
  end: () => void
}

const bestFirst = ['whip', 'ws'] as const satisfies readonly Way[]

/**
 * Keeps a broadcast on air: a connection with a fresh ticket, the next way when one is blocked, and
 * another try after every loss, until the host ends it or the server says that it is over.
 */
export function createPublisher(needs: PublisherNeeds): Publisher {
  const listeners = new Set<() => void>()
  let cast: Cast = { at: 'setup' }
  let ways: Ways = waysOf(needs.transports, bestFirst)
  let isAway = false
  let connection: Connection | null = null
  let attempt: AbortController | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  /** What the connection was given last. */
  let sent: Media | undefined

  const hear = (event: CastEvent) => {
    const before = cast
    cast = step(cast, event)
    if (cast === before) return
    if (cast.at === 'connecting') void connect(cast.by)
    if (cast.at === 'lost') waitForRetry(cast.tryNumber)
    if (cast.at === 'refused' || cast.at === 'ended') letGo()
    for (const listener of listeners) listener()
  }
  const letGo = () => {
    clearTimeout(timer)
    attempt?.abort()
    attempt = null
    connection?.close()
    connection = null
  }
  const waitForRetry = (tryNumber: number) => {
    const inMs = retryInMs(tryNumber, needs.roll())
    if (inMs !== null) timer = setTimeout(() => hear({ t: 'retry' }), inMs)
  }
  const connect = async (by: Way) => {
    letGo()
    const mine = new AbortController()
    attempt = mine
    try {
      const ticket = await needs.askTicket()
      ways = waysOf(
        needs.transports,
        ticket.endpoints.map(({ protocol }) => protocol),
      )
      const made = await open(by, { ticket, signal: mine.signal })
      if (mine !== attempt) return made.close()
      connection = made
      hear({ t: 'connected', isAway })
      await mediaChanged()
    } catch (error) {
      if (mine !== attempt) return
      const sentence = needs.refusalOf(error)
      if (sentence !== null) return hear({ t: 'refused', sentence })
      hear({ t: 'failed', why: error instanceof ConnectError ? error.why : 'offline', ways })
    }
  }
  const open = (
    by: Way,
    { ticket, signal }: { ticket: PublishTicket; signal: AbortSignal },
  ): Promise<Connection> => {
    const url = ticket.endpoints.find(({ protocol }) => protocol === by)?.url
    const way = needs.transports[by]
    if (!url || !way) throw new ConnectError('blocked', `the server does not take ${by}`)
    sent = needs.media()
    const late = AbortSignal.any([signal, AbortSignal.timeout(connectMsMax)])
    return way({
      url,
      ticket: ticket.ticket,
      iceServers: ticket.iceServers,
      media: sent,
      signal: late,
      onGone() {
        if (signal.aborted) return
        connection = null
        hear({ t: 'failed', why: 'dropped', ways })
      },
    })
  }
  const mediaChanged = async () => {
    const sending = connection
    const media = needs.media()
    if (!sending || isSame(media, sent)) return
    sent = media
    if ((await sending.swap(media)) || connection !== sending) return
    letGo()
    hear({ t: 'failed', why: 'dropped', ways })
    hear({ t: 'retry' })
  }
  return {
    cast: () => cast,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    start: () => hear({ t: 'start', ways }),
    mediaChanged,
    setAway(next) {
      isAway = next
      hear({ t: isAway ? 'away' : 'back' })
    },
    retryNow() {
      clearTimeout(timer)
      hear({ t: 'retry' })
    },
    measure: async () => (isOnAir(cast) ? ((await connection?.measure()) ?? null) : null),
    end: () => {
      if (isUnderWay(cast) || cast.at === 'refused') hear({ t: 'ended' })
    },
  }
}

const isSame = (media: Media, sent: Media | undefined): boolean =>
  media.video === sent?.video && media.audio === sent.audio

/** The ways that both sides know; without any the first of ours stands, and will be refused. */
function waysOf(transports: Transports, offered: readonly Way[]): Ways {
  const [first = 'ws', ...others] = offered.filter(way => transports[way] !== undefined)
  return [first, ...others]
}

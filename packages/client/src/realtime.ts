import { eventsConnect, type Fetch } from './realtime-events.ts'
import { type After, type Connect, Link, type LinkState } from './realtime-link.ts'
import { TopicFeed, type TopicListener } from './realtime-topic.ts'
import { type Command, parseServerMessage, type ServerMessage } from './realtime-wire.ts'

export type { After, Channel, Connect, LinkState } from './realtime-link.ts'
export type { TopicListener } from './realtime-topic.ts'
export type { Command, Position } from './realtime-wire.ts'

export type RealtimeNeeds = {
  /** `wss://…`; the ticket travels as a subprotocol, never in the address. */
  url: string
  connect: Connect
  /** Server-sent events, for networks that break WebSocket; without it the socket is the only way. */
  events?: { url: string; fetch: Fetch }
  /** Fetches a fresh single-use ticket; called before every attempt. */
  getTicket(): Promise<string>
  after?: After
  random?(): number
}

export type Realtime = {
  state(): LinkState
  /** Hears every change of state; returns the unsubscriber. */
  onState(listener: (state: LinkState) => void): () => void
  /**
   * Listens to a topic and connects when that is needed. Every topic shares the one socket; after a
   * reconnection the ordered lane goes on where it stopped. Returns the unsubscriber.
   */
  subscribe(topic: string, listener: TopicListener): () => void
  /** Sends when connected and says whether it did: meant for what may be lost, such as taps. */
  send(command: Extract<Command, { t: 'count' }>): boolean
  /** Somebody signed in or out: connects again with a fresh ticket; topics and positions stay. */
  renew(): void
  /** The page is hidden: no retries, and after five minutes no connection. */
  handleHidden(): void
  /** The page is seen again, or the network is back: connects or probes at once. */
  handleVisible(): void
  /** Ends for good. */
  stop(): void
}

/** The realtime connection of one page or app. Platform things are injected: it runs in any JS. */
export function createRealtime(needs: RealtimeNeeds): Realtime {
  const { connect, events, after = afterTimeout, random = Math.random } = needs
  const listeners = new Set<(state: LinkState) => void>()
  const send = (command: Command) => link.send(JSON.stringify(command))
  const retryLater = (task: () => void) => void after(retryMs + random() * retryMs, task)
  const topics = createTopics({ send, retryLater })
  const link: Link = new Link({
    ...needs,
    ways: events ? [connect, eventsConnect({ ...events, after })] : [connect],
    after,
    random,
    onState(state) {
      if (state === 'open') topics.requestAll()
      for (const listener of listeners) listener(state)
    },
    onMessage(text) {
      const message = parseServerMessage(text)
      if (message?.kind === 'bye') link.renew(message.afterMs)
      else if (message) topics.handle(message)
    },
  })
  return {
    state: () => link.state,
    onState(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    subscribe(topic, listener) {
      const leave = topics.add(topic, listener)
      if (link.state === 'idle') link.start()
      return leave
    },
    send,
    renew: () => link.renew(),
    handleHidden: () => link.handleHidden(),
    handleVisible: () => link.handleVisible(),
    stop: () => link.stop(),
  }
}

type TopicsNeeds = { send(command: Command): boolean; retryLater(task: () => void): void }

/** The topics that somebody listens to, multiplexed over the one socket. */
function createTopics({ send, retryLater }: TopicsNeeds) {
  const feeds = new Map<string, TopicFeed>()
  const request = (topic: string) => {
    const feed = feeds.get(topic)
    if (feed) send({ t: 'sub', topic, ...feed.position })
  }
  const open = (topic: string) => {
    const feed = new TopicFeed({ resubscribe: () => request(topic), retryLater })
    feeds.set(topic, feed)
    request(topic)
    return feed
  }
  return {
    requestAll() {
      for (const topic of feeds.keys()) request(topic)
    },
    add(topic: string, listener: TopicListener) {
      const feed = feeds.get(topic) ?? open(topic)
      const remove = feed.add(listener)
      return () => {
        remove()
        if (feed.readerCount > 0 || feeds.get(topic) !== feed) return
        feeds.delete(topic)
        send({ t: 'unsub', topic })
      }
    },
    handle(message: Exclude<ServerMessage, { kind: 'bye' }>) {
      if (message.kind === 'pong' || message.topic === undefined) return
      const { topic } = message
      const feed = feeds.get(topic)
      if (message.kind === 'items') feed?.handleItems(message)
      else if (message.kind !== 'error') feed?.handleStart(message)
      else if (message.code === 'topic.unavailable') retryLater(() => request(topic))
      else feed?.handleError(message.code)
    },
  }
}

const retryMs = 1_000

const afterTimeout: After = (delayMs, task) => {
  const timer = setTimeout(task, delayMs)
  return () => clearTimeout(timer)
}

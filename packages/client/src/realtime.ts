import { type After, type Connect, createLink, type LinkState } from './realtime-link.ts'
import { createTopicFeed, type TopicFeed, type TopicListener } from './realtime-topic.ts'
import { type Command, parseServerMessage, type ServerMessage } from './realtime-wire.ts'

export type { After, Channel, Connect, LinkState } from './realtime-link.ts'
export type { TopicListener } from './realtime-topic.ts'
export type { Command, Position } from './realtime-wire.ts'

export type RealtimeNeeds = {
  /** `wss://…`; the ticket travels as a subprotocol, never in the address. */
  url: string
  connect: Connect
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
  handleHidden(): void
  handleVisible(): void
  /** Ends for good. */
  stop(): void
}

/** The realtime connection of one page or app. Platform things are injected: it runs in any JS. */
export function createRealtime(needs: RealtimeNeeds): Realtime {
  const { after = afterTimeout, random = Math.random } = needs
  const feeds = new Map<string, TopicFeed>()
  const listeners = new Set<(state: LinkState) => void>()
  const link = createLink({
    ...needs,
    after,
    random,
    onState(state) {
      if (state === 'open') for (const topic of feeds.keys()) requestTopic(topic)
      for (const listener of listeners) listener(state)
    },
    onMessage(text) {
      const message = parseServerMessage(text)
      if (message) handle(message)
    },
  })
  const send = (command: Command) => link.send(JSON.stringify(command))
  const requestTopic = (topic: string) => {
    send({ t: 'sub', topic, ...feeds.get(topic)?.position() })
  }
  const retryLater = (task: () => void) => {
    after(retryMs + random() * retryMs, task)
  }
  const handle = (message: ServerMessage) => {
    if (message.kind === 'pong') return
    if (message.kind === 'bye') return link.moveWithin(message.afterMs)
    const { topic } = message
    const feed = topic === undefined ? undefined : feeds.get(topic)
    if (topic === undefined || !feed) return
    if (message.kind === 'items') feed.handleItems(message)
    else if (message.kind !== 'error') feed.handleStart(message)
    else if (message.code === 'topic.unavailable') retryLater(() => requestTopic(topic))
    else feed.handleError(message.code)
  }
  const openFeed = (topic: string) => {
    const feed = createTopicFeed({ resubscribe: () => requestTopic(topic), retryLater })
    feeds.set(topic, feed)
    requestTopic(topic)
    return feed
  }
  return {
    state: link.state,
    onState(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    subscribe(topic, listener) {
      const feed = feeds.get(topic) ?? openFeed(topic)
      const remove = feed.add(listener)
      if (link.state() === 'idle') link.start()
      return () => {
        remove()
        if (feed.readerCount > 0 || feeds.get(topic) !== feed) return
        feeds.delete(topic)
        send({ t: 'unsub', topic })
      }
    },
    send,
    handleHidden: link.handleHidden,
    handleVisible: link.handleVisible,
    stop: link.stop,
  }
}

const retryMs = 1_000

const afterTimeout: After = (delayMs, task) => {
  const timer = setTimeout(task, delayMs)
  return () => clearTimeout(timer)
}

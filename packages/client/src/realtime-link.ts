import { machine } from '@kaibo/kernel/machine'
import { subprotocol, ticketPrefix } from './realtime-wire.ts'

/** An open or opening socket of the platform: browser, mini program or Node. */
export type Channel = {
  send(text: string): void
  close(): void
  onOpen(handler: () => void): void
  onMessage(handler: (text: string) => void): void
  /** Called once, also when the socket never opened. */
  onClose(handler: () => void): void
}

export type Connect = (url: string, protocols: readonly string[]) => Channel

/** Runs `task` after `delayMs` unless the returned function is called first. */
export type After = (delayMs: number, task: () => void) => () => void

export const linkLife = machine('idle', {
  idle: { start: 'connecting', stop: 'closed' },
  connecting: { opened: 'open', lost: 'waiting', stop: 'closed' },
  open: { lost: 'waiting', stop: 'closed' },
  waiting: { start: 'connecting', stop: 'closed' },
  closed: {},
})

export type LinkState = (typeof linkLife.states)[number]
type LinkEvent = Parameters<typeof linkLife.next>[1]

export type LinkNeeds = {
  url: string
  connect: Connect
  /** Fetches a fresh single-use ticket; called before every attempt. */
  getTicket(): Promise<string>
  after: After
  random(): number
  onState(state: LinkState): void
  onMessage(text: string): void
}

export type Link = {
  state(): LinkState
  /** Connects; does nothing while connected or connecting. */
  start(): void
  /** Ends for good. */
  stop(): void
  /** Sends when open and says whether it did; nothing is queued. */
  send(text: string): boolean
  /** The server goes away: change over within `withinMs`. */
  moveWithin(withinMs: number): void
  handleHidden(): void
  /** The page is seen again, or the network is back: reconnect or probe at once. */
  handleVisible(): void
}

const retryMsMin = 500
const retryMsMax = 15_000
const connectMsMax = 10_000
const stableMs = 5_000
const beatMs = 25_000
const pongMsMax = 10_000
const hiddenMsMax = 300_000

/** One socket that stays: tickets, heartbeat, reconnection with full jitter, rest in hidden tabs. */
export function createLink(needs: LinkNeeds): Link {
  const { after, random } = needs
  let state: LinkState = linkLife.initial
  let channel: Channel | undefined
  /** Counts connections, so that a late event of an old one is known as such. */
  let attempt = 0
  let failureCount = 0
  let isHidden = false
  let wasHeard = false
  const timers = createTimers(after)

  const move = (event: LinkEvent): boolean => {
    const next = linkLife.next(state, event)
    if (!next) return false
    state = next
    needs.onState(state)
    return true
  }
  const drop = (event: 'lost' | 'stop') => {
    attempt++
    timers.cancel('life', 'stable', 'move')
    const old = channel
    channel = undefined
    old?.close()
    return move(event)
  }
  const lost = () => {
    if (drop('lost') && !isHidden) wait()
  }
  const wait = () => {
    const capMs = Math.min(retryMsMax, retryMsMin * 2 ** failureCount)
    failureCount++
    timers.set('retry', random() * capMs, start)
  }
  const probe = () => {
    wasHeard = false
    channel?.send('{"t":"ping"}')
    timers.set('life', pongMsMax, () => (wasHeard ? beat() : lost()))
  }
  const beat = () => {
    wasHeard = false
    timers.set('life', beatMs, () => (wasHeard ? beat() : probe()))
  }
  const opened = () => {
    move('opened')
    timers.set('stable', stableMs, () => {
      failureCount = 0
    })
    beat()
  }
  const open = async () => {
    const mine = ++attempt
    const ifMine = (act: () => void) => () => {
      if (mine === attempt) act()
    }
    timers.set('life', connectMsMax, lost)
    try {
      const ticket = await needs.getTicket()
      if (mine !== attempt) return
      channel = needs.connect(needs.url, [subprotocol, ticketPrefix + ticket])
    } catch {
      ifMine(lost)()
      return
    }
    channel.onOpen(ifMine(opened))
    channel.onClose(ifMine(lost))
    channel.onMessage(text => {
      if (mine !== attempt) return
      wasHeard = true
      needs.onMessage(text)
    })
  }
  const start = () => {
    timers.cancel('retry')
    if (move('start')) void open()
  }
  return {
    state: () => state,
    start,
    stop() {
      drop('stop')
      timers.cancel('retry', 'hidden')
    },
    send(text) {
      if (state !== 'open' || !channel) return false
      channel.send(text)
      return true
    },
    moveWithin(withinMs) {
      timers.set('move', random() * withinMs, () => {
        if (drop('lost')) start()
      })
    },
    handleHidden() {
      isHidden = true
      timers.cancel('retry')
      timers.set('hidden', hiddenMsMax, () => drop('lost'))
    },
    handleVisible() {
      isHidden = false
      timers.cancel('hidden')
      if (state === 'waiting') start()
      else if (state === 'open') probe()
    },
  }
}

/** Named timers: setting one again replaces it. */
function createTimers(after: After) {
  const cancels = new Map<string, () => void>()
  return {
    set(name: string, delayMs: number, task: () => void) {
      cancels.get(name)?.()
      cancels.set(name, after(delayMs, task))
    },
    cancel(...names: string[]) {
      for (const name of names) cancels.get(name)?.()
    },
  }
}

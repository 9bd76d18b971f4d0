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

const linkLife = machine('idle', {
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
  /** Ways to connect, the best first; two handshakes that fail in a row change to the next. */
  ways: readonly [Connect, ...Connect[]]
  /** Fetches a fresh single-use ticket; called before every attempt. */
  getTicket(): Promise<string>
  after: After
  random(): number
  onState(state: LinkState): void
  onMessage(text: string): void
}

const retryMsMin = 500
const retryMsMax = 15_000
const failedHandshakesMax = 2
const connectMsMax = 10_000
const stableMs = 5_000
const beatMs = 25_000
const pongMsMax = 10_000
const hiddenMsMax = 300_000

/** One socket that stays: tickets, heartbeat, reconnection with full jitter, rest in hidden tabs. */
export class Link {
  readonly #needs: LinkNeeds
  readonly #timers: Timers
  #state: LinkState = linkLife.initial
  #channel: Channel | undefined
  /** Counts connections, so that a late event of an old one is known as such. */
  #attempt = 0
  #failureCount = 0
  #wayIndex = 0
  #failedHandshakeCount = 0
  #isHidden = false
  #wasHeard = false

  constructor(needs: LinkNeeds) {
    this.#needs = needs
    this.#timers = createTimers(needs.after)
  }

  get state(): LinkState {
    return this.#state
  }

  /** Connects; does nothing while connected or connecting. */
  start(): void {
    this.#timers.cancel('retry')
    if (this.#move('start')) void this.#connect()
  }

  /** Ends for good. */
  stop(): void {
    this.#drop('stop')
    this.#timers.cancel('retry', 'hidden')
  }

  /** Sends when open and says whether it did; nothing is queued. */
  send(text: string): boolean {
    if (this.#state !== 'open' || !this.#channel) return false
    this.#channel.send(text)
    return true
  }

  /** Changes over to a new connection with a fresh ticket at once, or within `withinMs`. */
  renew(withinMs = 0): void {
    this.#timers.set('renew', this.#needs.random() * withinMs, () => {
      if (this.#drop('lost')) this.start()
    })
  }

  handleHidden(): void {
    this.#isHidden = true
    this.#timers.cancel('retry')
    this.#timers.set('hidden', hiddenMsMax, () => this.#drop('lost'))
  }

  /** The page is seen again, or the network is back: reconnect or probe at once. */
  handleVisible(): void {
    this.#isHidden = false
    this.#timers.cancel('hidden')
    if (this.#state === 'waiting') this.start()
    else if (this.#state === 'open') this.#probe()
  }

  async #connect(): Promise<void> {
    const mine = ++this.#attempt
    const ifMine = (act: () => void) => () => {
      if (mine === this.#attempt) act()
    }
    const lost = ifMine(() => this.#lost())
    this.#timers.set('life', connectMsMax, lost)
    try {
      const ticket = await this.#needs.getTicket()
      if (mine !== this.#attempt) return
      const { ways, url } = this.#needs
      const connect = ways[this.#wayIndex % ways.length] ?? ways[0]
      const channel = connect(url, [subprotocol, ticketPrefix + ticket])
      this.#channel = channel
      channel.onOpen(ifMine(() => this.#opened()))
      channel.onClose(lost)
      channel.onMessage(text => ifMine(() => this.#heard(text))())
    } catch {
      lost()
    }
  }

  #opened(): void {
    this.#failedHandshakeCount = 0
    this.#timers.set('stable', stableMs, () => {
      this.#failureCount = 0
    })
    this.#beat()
    this.#move('opened')
  }

  #heard(text: string): void {
    this.#wasHeard = true
    this.#needs.onMessage(text)
  }

  /** A silent server is asked after a while, and left when it does not answer. */
  #beat(): void {
    this.#wasHeard = false
    this.#timers.set('life', beatMs, () => (this.#wasHeard ? this.#beat() : this.#probe()))
  }

  #probe(): void {
    this.#wasHeard = false
    this.send('{"t":"ping"}')
    this.#timers.set('life', pongMsMax, () => (this.#wasHeard ? this.#beat() : this.#lost()))
  }

  #lost(): void {
    if (this.#state === 'connecting' && this.#channel) this.#handshakeFailed()
    if (!this.#drop('lost') || this.#isHidden) return
    const capMs = Math.min(retryMsMax, retryMsMin * 2 ** this.#failureCount)
    this.#failureCount++
    this.#timers.set('retry', this.#needs.random() * capMs, () => this.start())
  }

  /** Some networks let pages through and break sockets: then another way may be open. */
  #handshakeFailed(): void {
    this.#failedHandshakeCount++
    if (this.#failedHandshakeCount < failedHandshakesMax) return
    this.#failedHandshakeCount = 0
    this.#wayIndex++
  }

  #drop(event: 'lost' | 'stop'): boolean {
    this.#attempt++
    this.#timers.cancel('life', 'stable', 'renew')
    const channel = this.#channel
    this.#channel = undefined
    channel?.close()
    return this.#move(event)
  }

  #move(event: LinkEvent): boolean {
    const next = linkLife.next(this.#state, event)
    if (!next) return false
    this.#state = next
    this.#needs.onState(next)
    return true
  }
}

type Timers = {
  /** Setting a timer again replaces it. */
  set(name: string, delayMs: number, task: () => void): void
  cancel(...names: string[]): void
}

function createTimers(after: After): Timers {
  const cancels = new Map<string, () => void>()
  return {
    set(name, delayMs, task) {
      cancels.get(name)?.()
      cancels.set(name, after(delayMs, task))
    },
    cancel(...names) {
      for (const name of names) cancels.get(name)?.()
    },
  }
}

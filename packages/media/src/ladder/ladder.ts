import { createCrashBudget } from '../ffmpeg/crash-budget.ts'
import { classify } from '../flv/payload.ts'
import { type FlvTag, flvHeader } from '../flv/tag.ts'
import { readVideoHeader } from '../hub/codecs.ts'
import { createPacket, type Packet, type PacketConsumer } from '../hub/packet.ts'
import { type LadderEncoder, startEncoder } from './encoder.ts'
import { Pace } from './pace.ts'
import { type LadderOption, type Rung, rungsOf, SLOT_COST } from './rungs.ts'
import type { LadderSlots } from './slots.ts'

/** `crashed` is followed by `started` or, the third time in a minute, by nothing more. */
export type LadderChange = 'started' | 'crashed' | 'given_back' | 'given_up'

export type LadderNeeds = {
  /** Taken when there are slots for it; `full` falls back to `light`. */
  readonly option: LadderOption
  readonly slots: LadderSlots
  /** What an encoder begins with: headers and the pictures since the newest key frame. */
  newestGroup(): readonly Packet[]
  /** A variant begins, or begins anew after its encoder was started again. */
  openRung(rung: Rung): PacketConsumer
  /** The variants are no more: viewers fall back to the source. */
  closeRungs(): void
  onChange(change: LadderChange): void
}

const CHECK_EVERY_MS = 1_000
/** With no slot free, and after the slots were taken back, it is tried again after this. */
const RETRY_MS = 30_000
/** Well within the second in which viewers should see the variants again. */
const RESPAWN_MS = 400

/** Makes the smaller variants of one stream for as long as there are slots and it keeps pace. */
export class Ladder implements PacketConsumer {
  #needs: LadderNeeds
  #encoder: LadderEncoder | undefined
  #outputs: PacketConsumer[] = []
  #release: (() => void) | undefined
  #granted: LadderOption | undefined
  #crashes = createCrashBudget()
  #respawn: NodeJS.Timeout | undefined
  #pace = new Pace()
  #retryAtMs = -Infinity
  #inMs = 0
  #outMs = 0
  #isOver = false
  #timer: NodeJS.Timeout

  constructor(needs: LadderNeeds) {
    this.#needs = needs
    this.#timer = setInterval(() => this.#check(performance.now()), CHECK_EVERY_MS).unref()
  }

  /** The process that encodes now. */
  get encoderPid(): number | undefined {
    return this.#encoder?.pid
  }

  handlePacket(packet: Packet): void {
    const { kind } = packet
    if (kind === 'metadata') return
    // An encoder is set up for one size and one sound: another one begins at the next key frame.
    if (kind === 'videoHeader' || kind === 'audioHeader') this.#stopEncoder()
    else if (this.#encoder) this.#write(packet)
    else if (kind === 'keyFrame') this.#start(performance.now())
  }

  end(): void {
    this.#isOver = true
    clearInterval(this.#timer)
    this.#leave()
  }

  #start(nowMs: number): void {
    if (this.#isOver || this.#encoder || nowMs < this.#retryAtMs) return
    if (!this.#crashes.mayStart(nowMs)) return
    const group = this.#needs.newestGroup()
    const header = group.find(({ kind }) => kind === 'videoHeader')
    const size = header && readVideoHeader(header.payload)
    if (size === undefined || 'refused' in size) return
    const rungs = this.#takeSlots(size)
    if (rungs.length === 0) {
      this.#retryAtMs = nowMs + RETRY_MS
      return
    }
    const hasAudio = group.some(({ kind }) => kind === 'audioHeader')
    this.#outputs = rungs.map(rung => this.#needs.openRung(rung))
    this.#pace = new Pace()
    this.#encoder = startEncoder(
      { rungs, hasAudio },
      {
        handleTag: (at, tag) => this.#handleTag(at, tag),
        handleExit: () => this.#handleExit(performance.now()),
      },
    )
    this.#encoder.write(flvHeader({ audio: hasAudio, video: true }))
    for (const packet of group) if (packet.kind !== 'metadata') this.#write(packet)
    this.#needs.onChange('started')
  }

  /** The rungs that may be made; slots that are held already stay held across a restart. */
  #takeSlots(size: { width: number; height: number }): Rung[] {
    if (this.#granted) return rungsOf(this.#granted, size)
    const options =
      this.#needs.option === 'full' ? (['full', 'light'] as const) : ['light' as const]
    for (const option of options) {
      const rungs = rungsOf(option, size)
      if (rungs.length === 0) continue
      const holder = { cost: SLOT_COST[option], giveBack: () => this.#giveBack() }
      this.#release = this.#needs.slots.take(holder)
      if (this.#release === undefined) continue
      this.#granted = option
      return rungs
    }
    return []
  }

  #write(packet: Packet): void {
    this.#inMs = packet.timestampMs
    if (this.#encoder && !this.#encoder.write(packet.tag)) this.#giveBack()
  }

  #handleTag(at: number, { type, timestampMs, payload }: FlvTag): void {
    const kind = classify(type, payload)
    if (kind === 'ignored' || kind === 'unsupportedVideo' || kind === 'unsupportedAudio') return
    this.#outMs = timestampMs
    this.#outputs[at]?.handlePacket(createPacket(kind, { timestampMs, payload }))
  }

  #handleExit(nowMs: number): void {
    this.#encoder = undefined
    this.#crashes.note(nowMs)
    this.#needs.onChange('crashed')
    if (this.#crashes.isSpent) {
      this.#isOver = true
      this.#leave()
      this.#needs.onChange('given_up')
      return
    }
    this.#respawn = setTimeout(() => this.#start(performance.now()), RESPAWN_MS).unref()
  }

  #check(nowMs: number): void {
    this.#needs.slots.sweep(nowMs)
    if (this.#encoder === undefined) return
    this.#pace.note({ nowMs, inMs: this.#inMs, outMs: this.#outMs })
    if (this.#pace.isTooSlow) this.#giveBack()
  }

  #giveBack(): void {
    if (this.#granted === undefined) return
    this.#leave()
    this.#retryAtMs = performance.now() + RETRY_MS
    this.#needs.onChange('given_back')
  }

  #stopEncoder(): void {
    clearTimeout(this.#respawn)
    this.#encoder?.stop()
    this.#encoder = undefined
  }

  #leave(): void {
    this.#stopEncoder()
    this.#release?.()
    this.#release = undefined
    this.#granted = undefined
    for (const output of this.#outputs) output.end()
    this.#outputs = []
    this.#needs.closeRungs()
  }
}

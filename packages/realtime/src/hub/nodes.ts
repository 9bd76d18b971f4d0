import type { LossyMessage } from '../bus.ts'
import { type ControlMessage, controlTopic, parseControl } from './control.ts'

/** The processes on one bus, talking to each other. Words may be lost. */
export type Nodes = {
  /** Whether there are others at all. */
  readonly isShared: boolean
  /** Reaches every process, this one included. */
  tell(message: ControlMessage): void
  listen(handler: (message: ControlMessage) => void): void
}

type NodesNeeds = {
  isShared: boolean
  lossy(topic: string, message: LossyMessage): void
}

export function createNodes({ isShared, lossy }: NodesNeeds): Nodes & { hear(json: string): void } {
  const handlers: ((message: ControlMessage) => void)[] = []
  return {
    isShared,
    tell: message => lossy(controlTopic, { lane: 'control', json: JSON.stringify(message) }),
    listen: handler => void handlers.push(handler),
    hear(json) {
      const message = parseControl(json)
      if (message) for (const handler of handlers) handler(message)
    },
  }
}

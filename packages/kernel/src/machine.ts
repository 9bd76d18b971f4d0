/** state → event → next state. */
export type Edges = Readonly<Record<string, Readonly<Record<string, string>>>>

type EventOf<E extends Edges> = { [S in keyof E]: keyof E[S] }[keyof E] & string
type StateOf<E extends Edges> = keyof E & string

export type Machine<E extends Edges> = {
  readonly initial: StateOf<E>
  readonly states: readonly StateOf<E>[]
  /** Whether `event` is legal in `from`: rules, compare-and-set and enabled buttons all ask here. */
  can(from: string, event: EventOf<E>): boolean
  /** The state after `event`, or undefined when the move is illegal. */
  next(from: string, event: EventOf<E>): StateOf<E> | undefined
  /** Every state in which `event` is legal: the `where status = any(…)` of a compare-and-set. */
  sources(event: EventOf<E>): StateOf<E>[]
  /** The one state `event` leads to. */
  target(event: EventOf<E>): StateOf<E>
  /** A Mermaid state diagram for the READMEs. */
  diagram(): string
}

/** Declares a state machine as data. Every target must be a declared state and every event has one target. */
export function machine<const E extends Edges>(initial: keyof E & string, edges: E): Machine<E> {
  const states = Object.keys(edges) as StateOf<E>[]
  const targets = new Map<string, string>()
  for (const [state, moves] of Object.entries(edges)) {
    for (const [event, target] of Object.entries(moves)) {
      if (!(target in edges)) throw new Error(`${state} --${event}--> ${target}: no such state`)
      const known = targets.get(event)
      if (known && known !== target) throw new Error(`${event} leads to ${known} and to ${target}`)
      targets.set(event, target)
    }
  }
  const next = (from: string, event: string) => edges[from]?.[event] as StateOf<E> | undefined
  return {
    initial,
    states,
    next,
    can: (from, event) => next(from, event) !== undefined,
    sources: event => states.filter(state => next(state, event) !== undefined),
    target: event => targets.get(event) as StateOf<E>,
    diagram: () =>
      [
        'stateDiagram-v2',
        `  [*] --> ${initial}`,
        ...states.flatMap(from =>
          Object.entries(edges[from] ?? {}).map(([event, to]) => `  ${from} --> ${to}: ${event}`),
        ),
      ].join('\n'),
  }
}

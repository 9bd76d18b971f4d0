import type { Nodes } from '../hub/nodes.ts'

const collectMs = 20
/** A bus message may have 8 kB; a nonce has 16 characters. */
const noncesPerMessageMax = 300

/** Tells the other processes which tickets were redeemed here, many at a time. */
export function createSpentSharing(nodes: Nodes, noteSpent: (nonces: readonly string[]) => void) {
  const waiting: string[] = []
  let timer: NodeJS.Timeout | undefined
  const send = () => {
    timer = undefined
    while (waiting.length > 0) {
      nodes.tell({ kind: 'spent', nonces: waiting.splice(0, noncesPerMessageMax) })
    }
  }
  nodes.listen(message => {
    if (message.kind === 'spent') noteSpent(message.nonces)
  })
  return {
    share(nonce: string) {
      if (!nodes.isShared) return
      waiting.push(nonce)
      timer ??= setTimeout(send, collectMs)
    },
    close: () => clearTimeout(timer),
  }
}

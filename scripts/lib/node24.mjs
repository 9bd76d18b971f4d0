import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { Problem, root } from './root.mjs'

const majorMin = 24

/** Path of a Node that runs our TypeScript: the host's own when new enough, else the packaged one. */
export function node24() {
  if (Number.parseInt(process.versions.node, 10) >= majorMin) return process.execPath
  const packaged = join(root, `node_modules/node-${process.platform}-${process.arch}/bin/node`)
  if (existsSync(packaged)) return packaged
  throw new Problem(
    `Node ${majorMin} or newer is needed: this is ${process.version}, and npm has no packaged ` +
      `one for ${process.platform}-${process.arch}. Install it from https://nodejs.org.`,
  )
}

/** The environment for children: `node` and the installed tools come first on the PATH. */
export const toolEnv = () => ({
  ...process.env,
  PATH: [dirname(node24()), join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter),
})

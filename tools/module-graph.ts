import { map } from '../modules/map.ts'
import type { ModuleMap } from './boundaries.ts'

/** `docs/modules.md`: who may know whom, drawn from `modules/map.ts`. */
export function moduleGraph(modules: ModuleMap = map): string {
  const nouns = Object.keys(modules).sort()
  const edges = nouns.flatMap(noun => (modules[noun] ?? []).map(known => `  ${noun} --> ${known}`))
  const alone = nouns.filter(
    noun => !edges.some(edge => edge.split(' --> ').some(end => end.trim() === noun)),
  )
  return `# Modules

Generated from \`modules/map.ts\` by \`npm run gen\`. An arrow means "may import the types of the
other's face"; values are handed over in \`apps/server/src/compose.ts\`.

\`\`\`mermaid
graph TD
${[...edges, ...alone.map(noun => `  ${noun}`)].join('\n')}
\`\`\`

${nouns.map(noun => `- [${noun}](../modules/${noun}/README.md)`).join('\n')}
`
}

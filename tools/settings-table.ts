import { settings } from '../apps/server/src/config.ts'

/** `docs/settings.md`: every environment variable, from the one schema that the server reads. */
export function settingsTable(): string {
  const rows = Object.entries(settings).map(
    ([name, { fallback, doc }]) =>
      `| \`${name}\` | ${fallback ? `\`${fallback}\`` : 'empty'} | ${doc} |`,
  )
  return `# Settings

Generated from \`apps/server/src/config.ts\` by \`npm run gen\`. Environment variables, all optional, checked at boot;
\`npx kaibo config\` prints them with their values.

| Variable | Default | Meaning |
|---|---|---|
${rows.join('\n')}
`
}

import { defineConfig } from 'vitest/config'

/** What starts processes or a browser, takes long or replaces modules: each file has a worker of its own. */
const wholes = [
  'e2e/**/*',
  'apps/server/src/*',
  'apps/server/src/http/{fuzz,matrix}',
  'apps/media/**/*',
  'packages/{db,media,ui/gallery}/**/*',
  'packages/ui/src/{player/open/hls,replay/vod-engine}',
  'providers/fanout-redis/*',
  'tools/**/*',
].map(files => `${files}.test.ts`)
const notOurs = ['**/node_modules/**', '**/dist/**']

export default defineConfig({
  test: {
    globalSetup: ['packages/testkit/src/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Ends what hangs; how fast the machine is, is not what they judge.
    testTimeout: 120_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 30_000 } },
    // They run in the order of their names: the long ones first, so that both workers end together.
    projects: [
      { extends: true, test: { name: 'alone', include: wholes, exclude: notOurs } },
      {
        extends: true,
        test: {
          name: 'together',
          include: ['**/*.test.ts'],
          exclude: [...notOurs, ...wholes],
          // One load of the sources for all of these files instead of one for each: half their time.
          isolate: false,
        },
      },
    ],
  },
})

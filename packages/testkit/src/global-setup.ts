import type { TestProject } from 'vitest/node'
import { startTestServer } from './server.ts'

/** One real PostgreSQL per test run; see `testDatabase` for the database of a test file. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer()
  project.provide('databaseServerUrl', server.url)
  return server.stop
}

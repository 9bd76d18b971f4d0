#!/usr/bin/env node
// npm links the commands of workspaces, not those of the root: this one makes `npx kaibo` work here.
import '../scripts/kaibo.mjs'

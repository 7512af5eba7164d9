// The entry of `npm run doctor`: plain JavaScript, so that it also runs on a Node that is too old for the rest.
const [major, minor] = process.versions.node.split('.').map(Number)
const printFinding = (id, says, cure) => {
  const finding = { area: 'node', id, severity: 'error', says, cure }
  const report = {
    exitCode: 2,
    counts: { error: 1, warning: 0, note: 0, ok: 0 },
    findings: [finding],
    byEye: [],
  }
  const text = `error    ${says}\n         → ${cure}\n\n1 error, 0 warnings\n`
  process.stdout.write(process.argv.includes('--json') ? `${JSON.stringify(report, null, 2)}\n` : text)
  process.exitCode = 2
}

if (major < 24 || (major === 24 && minor < 15)) {
  printFinding(
    'node-old',
    `nutgraf needs Node 24.15 or newer; this is ${process.version}.`,
    // npm 10, which comes with Node 20, links Node 24 into node_modules/.bin only on `npm rebuild`; npm 11 does on `npm
    // ci`.
    'Run npm rebuild once after npm ci (Linux), or install Node 24.',
  )
} else if (!hasPackages()) {
  printFinding(
    'packages-missing',
    'The packages of nutgraf are not installed.',
    'Run npm ci in the folder of nutgraf.',
  )
} else {
  process.argv.splice(2, 0, 'doctor')
  await import('./cli.ts')
}

function hasPackages() {
  try {
    return Boolean(import.meta.resolve('dotenv'))
  } catch {
    return false
  }
}

/** The page of the provider that plays Google, where people choose an identity. */
export function choicePage(): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>A stand-in for Google</title>
<style>${style}</style>
</head>
<body>
<h1>A stand-in for Google</h1>
<p>Enter any name and address: nothing here is checked.</p>
<form method="post">
  <label>E-mail <input type="email" name="email" required autofocus></label>
  <label>Name <input name="name" required></label>
  <label class="choice"><input type="checkbox" name="verified" checked> The address is verified</label>
  <button name="answer" value="continue">Continue</button>
  <button name="answer" value="cancel" formnovalidate>Cancel</button>
</form>
</body>
</html>
`;
}

const style = `
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 24rem; margin: 3rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; }
label { display: grid; gap: .25rem; margin: 1rem 0; }
.choice { display: flex; }
input, button { font: inherit; padding: .5rem; }
`;

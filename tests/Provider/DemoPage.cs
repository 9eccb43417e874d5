namespace Aufruf.Provider;

/// <summary>The frame of each page of the demo's providers. It says that the page is none of a true one.</summary>
internal static class DemoPage
{
    /// <param name="body">HTML.</param>
    public static string Of(string title, string body) => $$"""
        <!doctype html>
        <html lang="de">
        <head>
        <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{title}}</title>
        <style>
        body { font: 1.125rem/1.5 sans-serif; max-width: 40rem; margin: 0 auto; padding: 1rem; color: #111; background: #fff; }
        header { border: 3px dashed #7a4a00; padding: .5rem 1rem; }
        h1 { font-size: 1.5rem; line-height: 1.25; }
        button { font: inherit; padding: .75rem 1.25rem; }
        </style>
        </head>
        <body>
        <header>Demo: kein echter Dienst. <span lang="en">A demo, no true service.</span></header>
        <main>
        <h1>{{title}}</h1>
        {{body}}
        </main>
        </body>
        </html>
        """;
}

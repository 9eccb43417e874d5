using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Aufruf.Portal.Web;

/// <summary>Gives the cookies of a library that knows one fixed name the prefix of <see cref="HostCookies"/> over https.</summary>
public static class HostCookieNames
{
    /// <summary>Over https a cookie under the plain name is not read: a neighbour under the same domain could have set it.</summary>
    public static void UseHostCookie(this IApplicationBuilder app, string name) => app.Use((http, next) =>
    {
        if (http.Request.IsHttps)
        {
            http.Request.Cookies = new Received(http.Request.Cookies, name);
            http.Response.OnStarting(() =>
            {
                http.Response.Headers.SetCookie = http.Response.Headers.SetCookie.Select(cookie =>
                    cookie?.StartsWith($"{name}=", StringComparison.Ordinal) is true ? HostCookies.Prefix + cookie : cookie).ToArray();
                return Task.CompletedTask;
            });
        }

        return next(http);
    });

    /// <summary>The cookies of a request, with one of them under its plain name.</summary>
    private sealed class Received(IRequestCookieCollection all, string name) : IRequestCookieCollection
    {
        private string NameOf(string key) => key == name ? HostCookies.Prefix + name : key;

        public string? this[string key] => all[NameOf(key)];

        public bool ContainsKey(string key) => all.ContainsKey(NameOf(key));

        public bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => all.TryGetValue(NameOf(key), out value);

        public int Count => all.Count;

        public ICollection<string> Keys => all.Keys;

        public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => all.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

namespace Aufruf.Hub.Running;

/// <summary>The folders of the screens.</summary>
internal static class Pages
{
    private static readonly string[] Folders = ["/board", "/desk", "/kiosk"];

    /// <summary>A screen's address is its folder: /board/ is /board/index.html.</summary>
    public static void UseScreenFolders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        foreach (var folder in Folders)
        {
            if (http.Request.Path == folder)
            {
                http.Response.Redirect(folder + "/" + http.Request.QueryString, permanent: true);
                return Task.CompletedTask;
            }

            if (http.Request.Path == folder + "/")
            {
                http.Request.Path = folder + "/index.html";
            }
        }

        return next(http);
    });
}

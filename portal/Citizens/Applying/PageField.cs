namespace Aufruf.Portal.Citizens.Applying;

/// <summary>The page's own fields and elements beside the answers. No id of a declaration begins with this sign.</summary>
public static class PageField
{
    public const string Form = "_form";

    /// <summary>The button that was pressed.</summary>
    public const string Do = "_do";

    /// <summary>The path of a field that the page showed.</summary>
    public const string Asked = "_asked";

    /// <summary>The path of a field whose file is taken back.</summary>
    public const string Remove = "_remove";

    /// <summary>The element that the skip link leads to.</summary>
    public const string Main = "_main";

    /// <summary>The element of the form.</summary>
    public const string Entries = "_entries";

    /// <summary>The element that shows the code of the application.</summary>
    public const string Code = "_code";

    /// <summary>The element that says something about a field: "_born-error".</summary>
    public static string About(string path, string part) => $"_{path}-{part}";
}

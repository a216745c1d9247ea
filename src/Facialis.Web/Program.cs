using Facialis.Web;

return await FacialisHost.RunAsync(args);
